"""Builders for tests. `build_world` makes the cast; `make_win` a win in one line."""

from .wins import make_win
from .world import build_world

__all__ = ["build_world", "make_win"]
