"""What a benchmark asks for, worked out inside one database: who asks, which pages, in how many queries.

Run as a program of its own for each database; prints JSON."""

from __future__ import annotations

import json
import statistics
import sys
import time
import uuid
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import django

READER, MANAGER = 77, 78
WAITING = 4  # requests for time of each person, which wait for the manager
PAGES = 200
SECRET = "b" * 32  # the key against forgery, as cookie and as field


def main() -> None:
    django.setup()
    from cohorts.models import Person

    person = Person.objects.get(pk=READER)
    cursors = _cursors(person)
    paths = {
        "empty": ["/floor/empty/"],
        "plain": ["/floor/plain/"],
        "wall": ["/wins/"],
        "wall 100th": [f"/wins/{cursors[98]}"],
        "wall any": [f"/wins/{cursor}" for cursor in cursors],
        "service": ["/wins/?scope=service"],
        "theme": ["/wins/?theme=theme-3"],
        "search common": [f"/wins/?{urlencode({'q': 'referral'})}"],
        "search rare": [f"/wins/?{urlencode({'q': _rare()})}"],
        "search typo": [f"/wins/?{urlencode({'q': 'refferral'})}"],
        "win": [f"/wins/{_newest(person)}/"],
        "home": ["/"],
    }
    browser = _browser(person)
    queries = {name: _count(browser, asked[0]) for name, asked in paths.items()}
    queries["posting"] = _count(browser, "/wins/new/", posted("Counted once.", "everyone"))
    manager = Person.objects.get(pk=MANAGER)
    first, *waiting = _waiting_for(manager)
    decider = _browser(manager)
    queries["decisions"] = _count(decider, "/decisions/")
    queries["deciding"] = _count(decider, decision_on(first), decided())
    prepared = {
        "cookies": _cookies(browser),
        "managers_cookies": _cookies(decider),
        "waiting": waiting,
        "paths": paths,
        "queries": queries,
        "sql": {
            name: _bare(browser, paths[name][0]) for name in ("wall", "wall 100th", "search rare")
        },
    }
    json.dump(prepared, sys.stdout)


def posted(words: str, visibility: str) -> dict[str, str]:
    return {
        "what_happened": words,
        "visibility": visibility,
        "csrfmiddlewaretoken": SECRET,
        "submission_key": str(uuid.uuid4()),
    }


def decided() -> dict[str, str]:
    """Yes, without a word: what most decisions are."""
    return {
        "decision": "approve",
        "csrfmiddlewaretoken": SECRET,
        "submission_key": str(uuid.uuid4()),
    }


def decision_on(request: int) -> str:
    return f"/time/{request}/decision/"


def _waiting_for(manager: Any) -> list[int]:
    """Requests of everybody else for two hours, in weeks to come. By number, in no order of people."""
    from django.utils import timezone

    from cohorts.models import Person, TimeRequest

    start = timezone.now().replace(hour=14, minute=0, second=0, microsecond=0) + timedelta(days=7)
    people = Person.objects.exclude(pk__in=[manager.pk, READER]).values_list("pk", flat=True)
    made = TimeRequest.objects.bulk_create(
        TimeRequest(
            worker_id=worker,
            manager=manager,
            purpose="stand_back",
            starts_at=start + timedelta(weeks=week),
            ends_at=start + timedelta(weeks=week, hours=2),
            asked_at=timezone.now(),
        )
        for week in range(WAITING)
        for worker in people
    )
    return [request.pk for request in made]


def _cookies(browser: Any) -> dict[str, str]:
    return {
        "__Host-session": browser.cookies["__Host-session"].value,
        "__Host-csrf": SECRET,
    }


def _cursors(person: Any) -> list[str]:
    """The addresses of the pages after the first, as its reader would come by them."""
    from django.http import QueryDict
    from django.utils import timezone

    from wins import wall

    found, query = [], ""
    for _ in range(PAGES):
        shown = wall.read(QueryDict(query), person=person, scope="everyone", now=timezone.now())
        if not shown.older:
            break
        found.append(shown.older)
        query = shown.older.lstrip("?")
    return found


def _newest(person: Any) -> int:
    from wins.models import Win

    wins = Win.objects.visible_to(person).logged().exclude(author=person)
    return wins.values_list("pk", flat=True)[0]


def _rare() -> str:
    from tests.bench.words import names

    return names(1)[0]


def _browser(person: Any) -> Any:
    from django.conf import settings
    from django.test import Client

    browser = Client(headers={"host": settings.ALLOWED_HOSTS[0], "x-forwarded-proto": "https"})
    browser.force_login(person)
    browser.cookies["__Host-csrf"] = SECRET
    return browser


def _statements(browser: Any, path: str, body: dict[str, str] | None = None) -> list[str]:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        answer = browser.get(path) if body is None else browser.post(path, body)
    if answer.status_code not in (200, 302):
        raise SystemExit(f"{path} answered {answer.status_code}")
    return [query["sql"] for query in captured]


def _count(browser: Any, path: str, body: dict[str, str] | None = None) -> int:
    """Queries of a request whose cards were kept nowhere yet: the dearer case."""
    from django.core.cache import caches

    caches["cards"].clear()
    return len(_statements(browser, path, body))


def _bare(browser: Any, path: str) -> float:
    """The statements that read wins, alone, by the database driver: their time in milliseconds."""
    from django.db import connection

    statements = [sql for sql in _statements(browser, path) if 'FROM "wins_win"' in sql]
    times = []
    with connection.connection.cursor() as cursor:
        for _ in range(15):
            began = time.perf_counter()
            for statement in statements:
                cursor.execute(statement.replace("%", "%%"), ())
                cursor.fetchall()
            times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


if __name__ == "__main__":
    main()
