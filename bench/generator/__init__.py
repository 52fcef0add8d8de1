"""Invented deliveries of every kind, the same to the last byte for the same plan.

Nothing in them is real: no case, no area's figure, no inspection. Inspection titles end in "(invented)" and source
columns say "invented". The effects planted in them are named in `Planted`, so that a test can look for them.
"""

from bench.generator.generate import generate
from bench.generator.plan import PRESETS, Plan, PlanError
from bench.generator.planted import Planted, plant

__all__ = ["PRESETS", "Plan", "PlanError", "Planted", "generate", "plant"]
