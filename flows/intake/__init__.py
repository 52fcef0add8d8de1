"""From a sender's file to checked rows in the restricted warehouse."""
