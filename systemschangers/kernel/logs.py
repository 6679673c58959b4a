"""Logs as JSON lines, without bodies, search words, tokens or e-mail addresses."""

from __future__ import annotations

import json
import logging
import re
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

LONGEST = 4000
DAY = 24 * 60 * 60
_EMAIL = re.compile(r"[^\s@<>\"/]{1,64}@[^\s@<>\"'/]{1,255}")
_QUERY = re.compile(r"\?[^\s\"']*")
# A long part of an address with a digit or a capital in it is a token, not a word.
_TOKEN = re.compile(r"(?<=/)(?=[^/\s]*[0-9A-Z])[^/\s?]{16,}(?=[/\s?]|$)")
_HOST = re.compile(r"(?<=HTTP_HOST header: )\S+|'[^']*'(?= to ALLOWED_HOSTS)")


def without_personal_data(text: str) -> str:
    """`text` without e-mail addresses, query strings, tokens in addresses and made-up host names."""
    if len(text) > LONGEST:
        text = text[:LONGEST] + " …"
    for pattern, instead in (
        (_HOST, "…"),
        (_QUERY, "?…"),
        (_EMAIL, "<e-mail>"),
        (_TOKEN, "…"),
    ):
        text = pattern.sub(instead, text)
    return text


class Traceless(logging.Filter):
    """No line of a page that leaves no trace (settings.TRACELESS): when one was used tells on its user.

    Only that such a page broke is told, since somebody has to mend it: what broke and where, and of
    the time no more than the day."""

    def filter(self, record: logging.LogRecord) -> bool:
        path = getattr(getattr(record, "request", None), "path", "")
        said = record.getMessage()
        if not path.startswith(settings.TRACELESS) and not any(
            p in said for p in settings.TRACELESS
        ):
            return True
        record.msg, record.args = "A page that leaves no trace broke", ()
        record.created -= record.created % DAY
        return record.levelno >= logging.ERROR


class JsonFormatter(logging.Formatter):
    """One JSON object a line. Of an exception: its type and where, never its message or values."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_personal_data(record.getMessage()),
        }
        if (status := getattr(record, "status_code", None)) is not None:
            line["status"] = status
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__name__
            line["trace"] = _where(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


def _where(traceback) -> list[str]:
    steps = []
    while traceback is not None:
        code = traceback.tb_frame.f_code
        steps.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{traceback.tb_lineno} {code.co_name}")
        traceback = traceback.tb_next
    return steps[-12:]
