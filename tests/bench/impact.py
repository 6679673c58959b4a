"""How fast the figures of an organisation with 100,000 wins are read, and how long they take to add up.

    python3 dev.py bench --impact

All wins are moved into one organisation. The promise: its page under 300 ms, in as many queries as with
no wins; and adding up (by the queue, twice a minute where anything happened) in half a minute."""

from __future__ import annotations

import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from urllib.parse import urlsplit

import psycopg

from . import rows
from .server import environment

WINS, TIMES = 100_000, 30
PAGE_MS, ADDING_UP_S = 300, 30
ONE_ORGANISATION = "UPDATE cohorts_service SET organisation_id = 1"


def main() -> int:
    url = os.environ["DATABASE_URL"]
    name = f"{urlsplit(url).path.lstrip('/')}_bench_impact"
    with rows.database(url, name) as database, tempfile.TemporaryDirectory() as folder:
        env = environment(database, folder)
        rows.fill(database, WINS, env)
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute(ONE_ORGANISATION)
            connection.execute("VACUUM ANALYZE")
        command = [sys.executable, "-m", "tests.bench.impact", "measure"]
        told = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(told.stdout)
    print(f"  {found['wins']:,} wins in one organisation, {found['figures']:,} figures kept")
    print(f"  Its page: {found['median']:.0f} ms, slowest {found['slowest']:.0f} ms of {TIMES}")
    print(f"  Queries: {found['queries']}; before anything was added up: {found['queries_before']}")
    print(
        f"  Added up in {found['first']:.1f} s, again in {found['again']:.1f} s, of these "
        f"{found['busy']:.1f} s of a core; {found['mb']} MB"
    )
    kept = found["median"] < PAGE_MS and found["queries"] == found["queries_before"]
    return 0 if kept and found["again"] < ADDING_UP_S else 1


def measure() -> None:
    import django

    django.setup()
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext, override_settings
    from django.utils import timezone

    from cohorts.models import Person
    from wins.impact import keeping
    from wins.models import Win

    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    stores = settings.STORAGES | {"staticfiles": plain}  # nothing is collected here
    with override_settings(ALLOWED_HOSTS=["*"], STORAGES=stores):
        browser = Client(headers={"x-forwarded-proto": "https"})
        browser.force_login(Person.objects.filter(is_active=True)[0])

        def ask() -> float:
            began = time.perf_counter()
            answer = browser.get("/impact/organisations/1/", secure=True)
            if answer.status_code != 200:
                raise RuntimeError(f"answered {answer.status_code}")
            return (time.perf_counter() - began) * 1000

        def queries() -> int:
            with CaptureQueriesContext(connection) as seen:
                ask()
            return len(seen)

        ask()
        before = queries()
        seconds, busy, figures = [], 0.0, 0
        for _ in range(2):
            began, worked = time.monotonic(), time.process_time()
            figures = keeping.add_up(at=timezone.now())
            seconds.append(time.monotonic() - began)
            busy = time.process_time() - worked
        times = [ask() for _ in range(TIMES)]
        found = {
            "wins": Win.objects.filter(service__organisation=1).count(),
            "figures": figures,
            "median": statistics.median(times),
            "slowest": max(times),
            "queries": queries(),
            "queries_before": before,
            "first": seconds[0],
            "again": seconds[1],
            "busy": busy,
            "mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
        }
    print(json.dumps(found))


if __name__ == "__main__":
    measure() if sys.argv[1:] == ["measure"] else sys.exit(main())
