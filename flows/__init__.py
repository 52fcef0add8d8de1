"""The night: deliveries in, a tested warehouse out. `flows.nightly` reads like the description of it."""
