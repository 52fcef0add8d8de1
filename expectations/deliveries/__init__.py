"""Every kind of delivery, a module each; `DELIVERIES` has them by kind."""

from importlib import import_module
from pkgutil import iter_modules

from expectations.contract import Delivery


def _delivery(kind: str) -> Delivery:
    """The contract in the module of a kind, which is named like it: SURVEY of survey."""
    found: Delivery = getattr(import_module(f"{__name__}.{kind}"), kind.upper())
    return found


DELIVERIES = {module.name: _delivery(module.name) for module in iter_modules(__path__)}
