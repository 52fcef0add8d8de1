"""How often intervals cover, flags are false and signals false alarms, by simulation.

The rules are those of the statistics specification, written here with numpy and scipy alone: nothing is taken from the
SQL, so that the two check each other.
"""
