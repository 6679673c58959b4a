"""Who gets what answer at every address. Read by tests/test_permission_matrix.py.

Each room has a module here with its ROWS; one that is added is found by itself."""

from importlib import import_module
from pkgutil import iter_modules

from .row import Row
from .setting_up import NOBODY_ADDS
from .setting_up import PAGES as ADMIN

ROWS: dict[str, Row] = {}
for module in iter_modules(__path__):
    for name, row in getattr(import_module(f"{__name__}.{module.name}"), "ROWS", {}).items():
        assert name not in ROWS, f"{name} has two rows"
        ROWS[name] = row

__all__ = ["ADMIN", "NOBODY_ADDS", "ROWS", "Row"]
