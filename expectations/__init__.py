"""What Casebook expects: of each delivery that comes in, and of each publication that goes out."""
