"""Everything about me, as one archive: to read (HTML), to take elsewhere (JSON), and the photos.

Written piece by piece while it is sent, so that its size costs no memory."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format

from cohorts.models import Person
from systemschangers.kernel.personal_data import Section, everything_about

CHUNK = 64 * 1024


class _Pipe:
    """What a ZipFile writes into when there is no file: it cannot seek, and is emptied as it fills."""

    def __init__(self) -> None:
        self.waiting: list[bytes] = []

    def write(self, data: bytes) -> int:
        self.waiting.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """There is nothing behind it to flush to."""

    def take(self) -> bytes:
        taken, self.waiting = b"".join(self.waiting), []
        return taken


def archive(person: Person, at: datetime) -> Iterator[bytes]:
    """The bytes of the ZIP: `read me.html`, one JSON file a section, and what is enclosed."""
    pipe = _Pipe()
    page: list[dict[str, Any]] = []
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED) as bundle:  # type: ignore[call-overload]
        for section in everything_about(person):
            rows = [dict(row) for row in section.rows]
            page.append({"title": section.title, "rows": [_in_words(row) for row in rows]})
            bundle.writestr(f"{section.key}.json", _json(rows))
            yield pipe.take()
            yield from _enclosed(section, bundle, pipe)
        html = render_to_string(
            "cohorts/leaving/everything.html", {"person": person, "at": at, "sections": page}
        )
        bundle.writestr("read me.html", html)
        yield pipe.take()
    yield pipe.take()


def _enclosed(section: Section, bundle: zipfile.ZipFile, pipe: _Pipe) -> Iterator[bytes]:
    for item in section.enclosed:
        with item.opened() as source, bundle.open(item.name, "w") as sink:
            while piece := source.read(CHUNK):
                sink.write(piece)
                yield pipe.take()


def _json(rows: list[dict[str, Any]]) -> str:
    return json.dumps(rows, ensure_ascii=False, indent=1, default=_plain)


def _plain(value: Any) -> str:
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value)


def _in_words(row: dict[str, Any]) -> list[tuple[str, str]]:
    return [(label, _words(value)) for label, value in row.items() if value not in (None, "", [])]


def _words(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "j F Y, H:i")
    if isinstance(value, date):
        return date_format(value, "j F Y")
    if isinstance(value, list | tuple):
        return ", ".join(_words(one) for one in value)
    return str(value)
