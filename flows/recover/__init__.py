"""What repairs, repeats or takes back: rebuild, replay, verify, withdraw, erase, backup, set aside."""
