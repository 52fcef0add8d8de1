"""How fast the warehouse is, and the invented deliveries to measure it with."""
