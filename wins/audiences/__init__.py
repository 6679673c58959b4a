"""Who hears of what in wins, and in which words. One module a noun.

Every module is imported here, so that its notices are registered when the site starts."""

from . import (
    board_papers,
    outcomes,
    ripples,
    selection,
    wins,
)
from .wins import who_hears_they_helped

__all__ = [
    "board_papers",
    "outcomes",
    "ripples",
    "selection",
    "who_hears_they_helped",
    "wins",
]
