from __future__ import annotations

from datetime import date, datetime
from typing import Any

from cohorts.models import Person
from wins.actions import outcomes, ripples, substantiations
from wins.models import Outcome, Ripple, Substantiation

DAY = date(2026, 2, 2)
WHOLE = {
    "actor": "The housing office",
    "kind": "practice",
    "what": "They take a call on a Friday afternoon.",
    "changed_on": date(2026, 1, 5),
    "where": "Eastmere",
    "significance": "Nobody waits over a weekend.",
    "contribution": "shared",
    "how_we_helped": "We showed them how many came on a Saturday.",
    "evidence": "Their rota, and eleven calls.",
}


def telling(what: str, **more: Any) -> dict[str, Any]:
    empty = {"who": "", "meant": "", "worth": "", "lasting": "", "change": ""}
    return {"what": what, "happened_on": DAY, **empty, **more}


def make_ripple(
    of: Any, what: str = "The night team does it too.", *, by: Person, at: datetime, **more: Any
) -> Ripple:
    """What a thing, or another ripple, led to."""
    if isinstance(of, Ripple):
        return ripples.tell_on(parent=of, by=by, at=at, **telling(what, **more))
    return ripples.tell(thing=of, by=by, at=at, **telling(what, **more))


def make_outcome(by: Person, *, at: datetime, shown: bool = True, **more: Any) -> Outcome:
    made = outcomes.draft(by=by, at=at, **(WHOLE | more))
    return outcomes.formulate(outcome=made, version=1, by=by, at=at) if shown else made


def ask(outcome: Outcome, *, at: datetime, **more: Any) -> Substantiation:
    given = {
        "name": "Noor Saleh",
        "email": "noor@example.org",
        "connection": "runs the housing office",
    }
    return substantiations.ask(outcome=outcome, by=outcome.author, at=at, **(given | more))


def ripple_scene(world: Any, win: Any, now: datetime) -> dict[str, Any]:
    """For tests that walk every address: `ripple` of Ana's on her win, one of Mo's she `ripple_back`
    took back, `outcome` she shows with a question that waits (`substantiation`), and a draft of hers."""
    first = make_ripple(win, by=world.ana, at=now)
    second = make_ripple(first, "The form is shorter.", by=world.mo, at=now, worth="good")
    ripples.take_back(ripple=second, by=world.mo, at=now)
    shown = make_outcome(world.ana, at=now)
    hidden = make_outcome(world.ana, at=now)
    outcomes.take_back(outcome=hidden, by=world.ana, at=now)
    return {
        "win_key": f"win-{win.pk}",
        "ripple": first.pk,
        "ripple_back": second.pk,
        "outcome": shown.pk,
        "outcome_back": hidden.pk,
        "outcome_draft": make_outcome(world.ana, at=now, shown=False).pk,
        "substantiation": ask(shown, at=now).pk,
    }
