"""The receipt of a voice: looked up under the same limit as every receipt here (labs.receipts)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from labs.models import Voice
from labs.receipts import IN_SECONDS, LIMIT, WRONG_TRIES, TooManyWrong, digest
from systemschangers.kernel import limits


def among(typed: Iterable[str]) -> list[Voice]:
    """The voices that any of these codes is the receipt of, but for those taken back."""
    digests = [digest(code) for code in typed]
    return list(Voice.objects.for_teller().for_detail().filter(receipt_hash__in=digests))


def find(typed: str, *, at: datetime) -> Voice | None:
    """The voice of a code; None for any other, whatever is wrong with it. Raises TooManyWrong.

    Wrong codes are counted together with those of barriers, so that nobody gets twice as many tries."""
    if limits.reached(LIMIT, most=WRONG_TRIES, seconds=IN_SECONDS, at=at):
        raise TooManyWrong
    found = among([typed])
    if not found:
        limits.count(LIMIT, seconds=IN_SECONDS, at=at)
    return found[0] if found else None
