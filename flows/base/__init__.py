"""What every other package of flows stands on: settings, errors, places, files, the night's identity."""
