"""Measures how fast the pages are, with ten thousand wins and with a million, and says which promises hold.

    python -m tests.bench            both sizes, about six minutes
    python -m tests.bench --quick    ten thousand only
    python -m tests.bench --rows 10000 200000
    python -m tests.bench --impact   an organisation’s figures, of 100,000 wins
    python -m tests.bench --nightly  reminders, escalations and digests over 50,000 open requests

Makes databases of its own on the server of DATABASE_URL, and takes them away again. Starts the real
server twice over (one a size), each with two web processes and the settings of production, and asks
both by turns, the floors among the pages, so that whatever else the machine does meets them alike."""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from urllib.parse import urlsplit

from . import impact, nightly, report, rows, weight
from .load import Call, Driver, Sample
from .prepare import decided, decision_on, posted
from .server import PROCESSES, Server, collect, environment, running

REQUESTS, QUICK_REQUESTS = 10_000, 1_000  # of each web process, before its memory is read
ROUNDS, SECONDS = 6, 1.0
POSTING = "posting"
DECISIONS, DECIDING = "decisions", "deciding"  # by a manager, all others by a reader
QUICK_ROUNDS = 3


def main() -> int:
    parser = argparse.ArgumentParser(prog="bench", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--quick", action="store_true", help="ten thousand wins only, fewer rounds")
    parser.add_argument("--rows", type=int, nargs="+", help="sizes, smallest first")
    parser.add_argument(
        "--nightly", action="store_true", help="what the schedule does, and no pages"
    )
    parser.add_argument("--impact", action="store_true", help="figures of 100,000 wins, alone")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that all that was made is removed
    sizes = sorted(options.rows or ([10_000] if options.quick else [10_000, 1_000_000]))
    if "DATABASE_URL" not in os.environ:
        parser.error("Set DATABASE_URL, or say: python3 dev.py bench")
    if options.nightly:
        return nightly.main()
    if options.impact:
        return impact.main()
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        places = [_placed(stack, size, folder) for size in sizes]
        runs = [run for run, _ in places]
        servers = [stack.enter_context(running(env)) for _, env in places]
        drivers, managers = (
            [
                Driver(server.port, run.prepared[cookies])
                for run, server in zip(runs, servers, strict=True)
            ]
            for cookies in ("cookies", "managers_cookies")
        )
        weights = weight.first_view(drivers[0])
        _measure(runs, drivers, managers, QUICK_ROUNDS if options.quick else ROUNDS)
        for run in runs:
            print(report.table(run), flush=True)
        print()
        requests = QUICK_REQUESTS if options.quick else REQUESTS
        memory = _worn(runs[0], drivers[0], servers[0], requests)
    kept = report.promises(runs, memory, weights)
    print(report.verdicts(kept))
    return 0 if all(promise.kept for promise in kept) else 1


def _say(text: str) -> None:
    print(f"  {text}", flush=True)


def _placed(
    stack: contextlib.ExitStack, size: int, folder: str
) -> tuple[report.Run, dict[str, str]]:
    """A filled database and the environment of its server."""
    url = os.environ["DATABASE_URL"]
    name = f"{urlsplit(url).path.lstrip('/')}_bench_{size}"
    database = stack.enter_context(rows.database(url, name))
    env = environment(database, f"{folder}/{size}")
    began = time.monotonic()
    rows.fill(database, size, env)
    collect(env)
    _say(f"{size:,} wins made: {time.monotonic() - began:.0f} s")
    command = [sys.executable, "-m", "tests.bench.prepare"]
    told = subprocess.run(command, env=env, check=True, stdout=subprocess.PIPE, text=True)
    return report.Run(size, json.loads(told.stdout)), env


def _asked(run: report.Run) -> dict[str, Callable[[int], Call]]:
    def page(paths: list[str]) -> Callable[[int], Call]:
        return lambda turn: Call(paths[turn % len(paths)])

    def post(turn: int) -> Call:
        body = posted(f"Number {turn}: the form is down to one page.", "everyone")
        return Call("/wins/new/", body, expect=302, lands="/wins/")

    def decide(_: int) -> Call:
        request = run.prepared["waiting"].pop()  # each is decided once
        return Call(decision_on(request), decided(), expect=302, lands="/time/")

    pages = {name: page(paths) for name, paths in run.prepared["paths"].items()}
    # Last: what is posted changes the first page, what is decided the decisions page.
    return pages | {POSTING: post, DECISIONS: page(["/decisions/"]), DECIDING: decide}


def _measure(
    runs: list[report.Run], drivers: list[Driver], managers: list[Driver], rounds: int
) -> None:
    _say(f"Asking, {rounds} rounds of {SECONDS:.0f} s for each page")
    for run in runs:
        run.samples = {name: Sample() for name in _asked(run)}
    pages = [name for name in runs[0].samples if name not in (POSTING, DECISIONS, DECIDING)]
    by_turns = (
        (pages, drivers),
        ([POSTING], drivers),
        ([DECISIONS], managers),
        ([DECIDING], managers),
    )
    for names, who in by_turns:
        for turn in range(rounds + 1):
            for name in names:
                for run, driver in zip(runs, who, strict=True):
                    warming = turn == 0
                    sample = Sample() if warming else run.samples[name]
                    driver.drive(sample, _asked(run)[name], seconds=0.3 if warming else SECONDS)


def _worn(run: report.Run, driver: Driver, server: Server, requests: int) -> tuple[int, int]:
    """Ask on until each web process has had its share, then read the memory of the bigger one."""
    asked = sum(len(sample.times) for sample in run.samples.values())
    left = max(0, requests * PROCESSES - asked)
    _say(f"Asking {left:,} times more, for the memory")
    pages = [name for name in run.prepared["paths"] if name not in ("empty", "plain", POSTING)]
    calls = _asked(run)
    worn = Sample()
    driver.drive(worn, lambda turn: calls[pages[turn % len(pages)]](turn), times=left)
    run.samples["wall"].wrong += worn.wrong
    return (asked + len(worn.times)) // PROCESSES, server.memory()


if __name__ == "__main__":
    sys.exit(main())
