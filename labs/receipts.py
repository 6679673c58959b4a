"""Receipts: a code to come back with, without an account, and without our knowing who holds it.

Drawn once and kept only as a digest. A hundred bits: guessing one at the pace that the limit allows
would take longer than the earth has stood."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils.crypto import salted_hmac

from labs.models import Barrier, HeldBarrier
from labs.models.barrier_answers import BarrierAnswers
from systemschangers.kernel import limits

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is read as another
LENGTH, GROUP = 20, 4
BITS = LENGTH * 5
LOOKS_LIKE = str.maketrans("OIL", "011")
LONGEST = 100
# Wrong codes, of everybody together: whose they are is not known, and nobody's address is counted.
WRONG_TRIES, IN_SECONDS = 60, 600
LIMIT = "labs.receipts.wrong"


def draw(key: str = "", words: Mapping[str, object] | None = None) -> str:
    """A fresh code. With the key of the form it is for (see form_keys), the same key and words give
    the same code: pressing twice raises one barrier, and nothing had to be written down for it."""
    try:
        form = uuid.UUID(key)
    except ValueError:
        return _spell(secrets.randbits(BITS))
    said = repr(sorted((words or {}).items()))
    return _spell(
        int(salted_hmac("labs.receipts", f"{form} {said}", algorithm="sha256").hexdigest(), 16)
    )


def in_groups(code: str) -> str:
    """As it is read and written down: "7K3M P2QX …"."""
    return " ".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def digest(typed: str) -> str:
    """What is kept of a code, and looked up: whatever was typed between and instead of its letters."""
    letters = "".join(letter for letter in typed[:LONGEST].upper() if letter.isalnum())
    return hashlib.sha256(f"receipt {letters.translate(LOOKS_LIKE)}".encode()).hexdigest()


def among(typed: Iterable[str]) -> list[BarrierAnswers]:
    """The barriers, held back or shown, that any of these codes is the receipt of."""
    digests = [digest(code) for code in typed]
    shown = Barrier.objects.for_detail().filter(receipt_hash__in=digests)
    return [
        *shown,
        *HeldBarrier.objects.filter(receipt_hash__in=digests).select_related(
            "theme", "place", "leader"
        ),
    ]


class TooManyWrong(Exception):
    """So many wrong codes came in that for a while none is looked up, right or wrong."""


def find(typed: str, *, at: datetime) -> BarrierAnswers | None:
    """The barrier of a code; None for any other, whatever is wrong with it. Raises TooManyWrong.

    The limit is asked first, so that the answer is the same for right and wrong once it is reached.
    Only wrong codes are counted: who comes back with theirs leaves nothing behind."""
    if limits.reached(LIMIT, most=WRONG_TRIES, seconds=IN_SECONDS, at=at):
        raise TooManyWrong
    found = among([typed])
    if not found:
        limits.count(LIMIT, seconds=IN_SECONDS, at=at)
    return found[0] if found else None


def _spell(number: int) -> str:
    return "".join(ALPHABET[number >> 5 * place & 31] for place in range(LENGTH))
