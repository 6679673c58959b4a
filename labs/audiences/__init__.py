"""Who hears of what happened, besides the person who did it, and in what words. One module a noun.

Every module is imported here, so that its notices are registered when the site starts."""

from . import (
    barriers,
    labs,
    tools,
    voices,
)

__all__ = [
    "barriers",
    "labs",
    "tools",
    "voices",
]
