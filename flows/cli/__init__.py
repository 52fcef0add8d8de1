"""The commands of casebook."""
