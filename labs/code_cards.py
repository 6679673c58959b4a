"""Codes on cards: twelve letters and figures that sign one person in, on whatever device lies there.

Sixty bits. In ten minutes one address may try fifteen wrong ones, and everybody together three hundred: at
that pace one of a thousand cards is found in some forty million years. The first limit keeps one guesser
from shutting everyone out; the second keeps many from adding up. Kept as a digest keyed with the site's
secret, so that a stolen database opens nothing.

A session of a card is short, since the device is shared: IDLE without a page, LONGEST_SESSION in all."""

from __future__ import annotations

import hashlib
import secrets
from datetime import datetime, timedelta
from typing import Any

from django.utils.crypto import salted_hmac

from labs.models import CodeCard
from labs.receipts import ALPHABET, LOOKS_LIKE
from systemschangers.kernel import limits

LENGTH, LONGEST = 12, 60
OF_ONE, OF_ALL, IN_SECONDS = 15, 300, 600
LIMIT = "labs.code_cards.wrong"
IDLE, LONGEST_SESSION = timedelta(minutes=30), timedelta(hours=2)
SINCE, SEEN, NOTED_EVERY = "card_since", "card_seen", 60


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


def find(typed: str, *, address: str, at: datetime) -> CodeCard | None:
    """The card that works with this code. Raises TooManyWrong, for right and wrong codes alike."""
    own = f"{LIMIT}.{hashlib.sha256(address.encode()).hexdigest()[:20]}"
    for name, most in ((own, OF_ONE), (LIMIT, OF_ALL)):
        if limits.reached(name, most=most, seconds=IN_SECONDS, at=at):
            raise TooManyWrong
    cards = CodeCard.objects.filter(ended_at=None, person__is_active=True).select_related("person")
    card = cards.filter(digest=digest(typed)).first()
    if card is None:
        for name in (own, LIMIT):
            limits.count(name, seconds=IN_SECONDS, at=at)
    return card


def still_here(session: Any, at: datetime) -> bool:
    """Whether the session of a card goes on. Notes at most once a minute that it was used."""
    now = int(at.timestamp())
    since, seen = session.get(SINCE, now), session.get(SEEN, now)
    if now - since >= LONGEST_SESSION.total_seconds() or now - seen >= IDLE.total_seconds():
        return False
    if SEEN not in session or now - seen >= NOTED_EVERY:
        session[SINCE], session[SEEN] = since, now
    return True
