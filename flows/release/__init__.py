"""Releases: what anyone may see, cut from a publication on purpose, checked, and published once."""
