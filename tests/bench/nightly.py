"""What the schedule does at night and by day, over fifty thousand open requests: how long, how much memory.

    python -m tests.bench --nightly

The promise: all of it in under a minute, and in memory that does not grow with the requests."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import psycopg

from . import rows
from .server import environment

REQUESTS, OTHERS, NOTICES = 48_000, 1_000, 50_000
DIGESTS = "digests written"
LONGEST, MOST_GROWN = 60.0, 200  # seconds; MB beyond what the process had at first

OPEN = """
INSERT INTO cohorts_leader (name, email, portfolio, organisation_id)
  SELECT 'Leader ' || i, 'leader' || i || '@bench.example', 'Housing', 1 FROM generate_series(1, 200) i;
INSERT INTO cohorts_post (person_id, service_id, title, kind)
  SELECT i, 1, 'Convenor', 'programme' FROM generate_series(1, 20) i;
UPDATE cohorts_person SET hears_by_email = true;
UPDATE cohorts_membership SET role = 'facilitator' WHERE person_id <= {cohorts};
INSERT INTO cohorts_leaderrequest (worker_id, manager_id, leader_id, purpose, hours, state, made_at,
  waiting_since)
SELECT 100 + i % 1800, 50, 1 + i % 200, 'To show what a missing letter does.', 2, 'awaiting_manager',
  now() - interval '60 days', now() - interval '50 days' FROM generate_series(1, {requests}) i;
INSERT INTO cohorts_leaderrequest (worker_id, manager_id, leader_id, purpose, hours, state, made_at,
  waiting_since, manager_decided_at, manager_decided_by_id, reached_leader_at, meets_at, time_request_id)
SELECT 100 + i % 1800, 50, 1 + i % 200, 'To show what a missing letter does.', 2, 'arranged',
  now() - interval '60 days', now() - interval '50 days', now() - interval '40 days', 50,
  now() - interval '40 days', now() - interval '1 day', NULL FROM generate_series(1, {others}) i;
INSERT INTO cohorts_leaderrequest (worker_id, manager_id, leader_id, purpose, hours, state, made_at,
  waiting_since, manager_decided_at, manager_decided_by_id, reached_leader_at, meets_at, notes)
SELECT 100 + i % 1800, 50, 1 + i % 200, 'To show what a missing letter does.', 2, 'followed_up',
  now() - interval '60 days', now() - interval '50 days', now() - interval '40 days', 50,
  now() - interval '40 days', now() - interval '20 days', 'We spoke.' FROM generate_series(1, {others}) i;
INSERT INTO cohorts_commitment (request_id, words, due_on, state, made_at)
SELECT id, 'Find out who owns the form.', current_date + 1, 'open', now() - interval '20 days'
FROM cohorts_leaderrequest WHERE state = 'followed_up';
INSERT INTO kernel_event (at, verb, target_type, target_id, target_label, data, actor_id)
SELECT now() - interval '1 day', 'win.appreciated', 'wins.win', (1 + i % 900)::text, 'small win',
  '{{"kind": "thank"}}', 1 + (i * 7) % 2000 FROM generate_series(1, {notices}) i;
INSERT INTO kernel_notification (recipient_id, event_id, made_at)
SELECT 1 + id % 2000, id, at FROM kernel_event WHERE verb = 'win.appreciated';
"""


def main() -> int:
    url = os.environ["DATABASE_URL"]
    name = f"{urlsplit(url).path.lstrip('/')}_bench_nightly"
    with rows.database(url, name) as database, tempfile.TemporaryDirectory() as folder:
        env = environment(database, folder)
        rows.fill(database, 1_000, env)
        sizes = {
            "cohorts": rows.COHORTS,
            "requests": REQUESTS,
            "others": OTHERS,
            "notices": NOTICES,
        }
        with psycopg.connect(database, autocommit=True) as connection:
            connection.execute("SET check_function_bodies = off")
            connection.execute(OPEN.format(**sizes))
            connection.execute("VACUUM ANALYZE")
        command = [sys.executable, "-m", "tests.bench.nightly"]
        told = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
    measured = json.loads(told.stdout)
    for what, (many, seconds) in measured["steps"].items():
        print(f"  {what}: {many:,} in {seconds:.1f} s")
    total, grown = measured["seconds"], measured["grown"]
    print(f"  All but the digests: {total:.1f} s (promised: under {LONGEST:.0f} s)")
    print(f"  Memory grew by {grown} MB (promised: under {MOST_GROWN} MB)")
    return 0 if total < LONGEST and grown < MOST_GROWN else 1


def measure() -> None:
    """In a process of its own, as the queue's worker is: each step once, then what it took as JSON."""
    import django

    django.setup()
    from django.utils import timezone

    from cohorts.actions import decisions, manager_agreements
    from cohorts.actions.leader_requests import chasing
    from systemschangers.kernel import digests

    now = timezone.now()
    steps: dict[str, Callable[[], int | None]] = {
        "escalated": lambda: chasing.escalate(now),
        "asked whether they met": lambda: chasing.ask_whether_held(now),
        "leaders reminded": lambda: chasing.remind_leaders(now),
        "agreements looked at": lambda: manager_agreements.ask_to_renew(at=now),
        "handed over": lambda: decisions.hand_over_left_behind(at=now),
        DIGESTS: lambda: digests.write_digests(at=now + timedelta(days=1)),
    }
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    measured = {}
    for what, step in steps.items():
        began = time.monotonic()
        many = step()
        measured[what] = (many or 0, time.monotonic() - began)
    grown = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024 - before
    seconds = sum(took for what, (_, took) in measured.items() if what != DIGESTS)
    print(json.dumps({"steps": measured, "seconds": seconds, "grown": grown}))


if __name__ == "__main__":
    measure()
