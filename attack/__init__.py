"""An attack on releases, for people who decide whether a release may go out.

It knows the method, the table of noise and the design of the samples, but no secret. It imports nothing of the project:
what it says of a release follows from the folder of the release alone.
"""
