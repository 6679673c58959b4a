"""The figures as a table, and of each promise whether it is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from .load import Sample

LABELS = {
    "empty": "floor: an empty signed-in page",
    "plain": "floor: 25 cards the ordinary way",
    "wall": "wall, first page",
    "wall 100th": "wall, 100th page",
    "wall any": "wall, any of 200 pages",
    "service": "wall, my service",
    "theme": "wall, one theme",
    "search common": "search, a common word",
    "search rare": "search, a rare word",
    "search typo": "search, a typo",
    "win": "a win",
    "home": "home",
    "posting": "posting a win",
    "decisions": "decisions, thousands waiting",
    "deciding": "deciding a request",
}


@dataclass
class Run:
    """One size of database."""

    rows: int
    prepared: dict[str, Any]
    samples: dict[str, Sample] = field(default_factory=dict)


@dataclass(frozen=True)
class Promise:
    text: str
    figure: str
    kept: bool


def table(run: Run) -> str:
    empty, plain = run.samples["empty"], run.samples["plain"]
    head = ("", "median ms", "p95 ms", "a second", "× empty", "÷ plain", "queries", "bare SQL ms")
    lines = [f"\n{run.rows:,} wins", "{:34}{:>10}{:>9}{:>10}{:>9}{:>9}{:>9}{:>13}".format(*head)]
    for name, sample in run.samples.items():
        queries, sql = run.prepared["queries"].get(name, ""), run.prepared["sql"].get(name)
        lines.append(
            f"{LABELS[name]:34}{sample.median:10.1f}{sample.p95:9.1f}{sample.rate:10.1f}"
            f"{sample.median / empty.median:9.2f}{sample.rate / plain.rate:9.2f}{queries:>9}"
            + (f"{sql:13.2f}" if sql is not None else "")
        )
    return "\n".join(lines)


def promises(runs: list[Run], memory: tuple[int, int], weights: dict[str, int]) -> list[Promise]:
    kept: list[Promise] = []
    for run in runs:
        ratio = run.samples["wall"].rate / run.samples["plain"].rate
        kept.append(
            Promise(
                f"At {run.rows:,} the wall is at least as fast as 25 plain cards",
                f"{ratio:.2f} ×",
                ratio >= 1,
            )
        )
        not_lists = ("plain", "posting", "deciding", "win")
        lists = {n: q for n, q in run.prepared["queries"].items() if n not in not_lists}
        most = max(lists, key=lambda name: lists[name])
        kept.append(
            Promise(
                f"At {run.rows:,} each list is at most 8 queries",
                f"{lists[most]} ({LABELS[most]})",
                lists[most] <= 8,
            )
        )
        posting = run.prepared["queries"]["posting"]
        kept.append(
            Promise(f"At {run.rows:,} posting is at most 15 queries", f"{posting}", posting <= 15)
        )
    kept += _grown(runs)
    served, resident = memory
    kept.append(
        Promise(
            f"A web process after {served:,} requests is below 150 MB",
            f"{resident} MB",
            resident < 150,
        )
    )
    weight, asked = sum(weights.values()), len(weights)
    parts = ", ".join(
        f"{address.rsplit('/', 1)[-1] or 'page'} {size:,}" for address, size in weights.items()
    )
    kept.append(
        Promise(
            "The first view is at most 30 KB, as sent",
            f"{weight / 1024:.1f} KB ({parts})",
            weight <= 30 * 1024,
        )
    )
    kept.append(Promise("The first view is at most 6 requests", f"{asked}", asked <= 6))
    wrong = [text for run in runs for sample in run.samples.values() for text in sample.wrong]
    kept.append(Promise("Every answer was the right one", wrong[0] if wrong else "yes", not wrong))
    return kept


def _grown(runs: list[Run]) -> list[Promise]:
    """The biggest against the smallest."""
    if len(runs) < 2:
        return []
    small, big = runs[0], runs[-1]
    found = []
    for name, most in (
        ("wall", 1.5), ("wall 100th", 1.5),
        ("search common", 3.0), ("search rare", 3.0), ("search typo", 3.0),
    ):  # fmt: skip
        ratio = big.samples[name].median / small.samples[name].median
        found.append(
            Promise(
                f"{LABELS[name].capitalize()}: {big.rows:,} within {most} × of {small.rows:,}",
                f"{ratio:.2f} ×",
                ratio <= most,
            )
        )
    return found


def verdicts(kept: list[Promise]) -> str:
    return "\n" + "\n".join(
        f"{'kept   ' if promise.kept else 'BROKEN '} {promise.text}: {promise.figure}"
        for promise in kept
    )
