"""Verdicts: may this person do this, and if not, why not, in words."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied


class Refused(PermissionDenied):
    """Raised when a visible thing may not be done; its text is shown to the person."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Truthy when allowed. `reason` is a whole sentence, fit to be shown."""

    allowed: bool
    reason: str = ""

    def __bool__(self) -> bool:
        return self.allowed

    def require(self) -> None:
        """Raise Refused with the reason unless allowed."""
        if not self.allowed:
            raise Refused(self.reason)


YES = Verdict(True)


def no(reason: str) -> Verdict:
    return Verdict(False, reason)
