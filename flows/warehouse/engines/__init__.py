"""The engines a night runs on."""
