"""Codes on cards: twelve letters and figures that sign one person in, on whatever device lies there.

Sixty bits, of which no more than WRONG_TRIES in IN_SECONDS are tried, by everybody together: finding one
of a thousand cards by guessing would take longer than a million years. Kept as a digest keyed with the
site's secret, so that a stolen database opens nothing."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.utils.crypto import salted_hmac

from labs.models import CodeCard
from labs.receipts import ALPHABET, LOOKS_LIKE
from systemschangers.kernel import limits

LENGTH, LONGEST = 12, 60
WRONG_TRIES, IN_SECONDS = 60, 600
LIMIT = "labs.code_cards.wrong"


def draw() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def digest(typed: str) -> str:
    """What is kept of a code: whatever was typed between and instead of its letters."""
    letters = "".join(letter for letter in typed[:LONGEST].upper() if letter.isalnum())
    return salted_hmac(
        "labs.code_cards", letters.translate(LOOKS_LIKE), algorithm="sha256"
    ).hexdigest()


class TooManyWrong(Exception):
    """So many wrong codes came in that for a while none is looked up, right or wrong."""


def find(typed: str, *, at: datetime) -> CodeCard | None:
    """The card that works with this code. Raises TooManyWrong, for right and wrong codes alike."""
    if limits.reached(LIMIT, most=WRONG_TRIES, seconds=IN_SECONDS, at=at):
        raise TooManyWrong
    cards = CodeCard.objects.filter(ended_at=None, person__is_active=True).select_related("person")
    card = cards.filter(digest=digest(typed)).first()
    if card is None:
        limits.count(LIMIT, seconds=IN_SECONDS, at=at)
    return card
