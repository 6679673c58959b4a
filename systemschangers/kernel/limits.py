"""So many and no more, counted for everybody together in the shared cache: by nobody's address or name."""

from __future__ import annotations

import zlib
from datetime import datetime

from django.core.cache import cache
from django.db import connection, transaction


def reached(name: str, *, most: int, seconds: int, at: datetime) -> bool:
    """Whether `name` was counted `most` times in the present stretch of `seconds`."""
    return int(cache.get(_key(name, seconds, at), 0)) >= most


def count(name: str, *, seconds: int, at: datetime) -> None:
    """One more. Two at the same moment count as two: PostgreSQL lets one in after the other.

    The row says how many there were, and goes when its stretch of time is over."""
    key = _key(name, seconds, at)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [zlib.crc32(key.encode())])
        cache.set(key, int(cache.get(key, 0)) + 1, seconds - at.timestamp() % seconds)


def _key(name: str, seconds: int, at: datetime) -> str:
    return f"limit:{name}:{int(at.timestamp() // seconds)}"
