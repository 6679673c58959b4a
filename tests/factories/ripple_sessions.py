from __future__ import annotations

from datetime import datetime
from typing import Any

from cohorts.models import Person
from labs.models import Experiment, Lab
from wins.actions import ripple_sessions
from wins.models import RippleSession, Win


def make_session(lab: Lab, thing: Any, *, by: Person, at: datetime) -> RippleSession:
    return ripple_sessions.begin(lab=lab, thing=thing, by=by, at=at)


def ripple_session_scene(scene: dict[str, Any], world: Any, now: datetime) -> dict[str, Any]:
    """For tests that walk every address: `ripple_session` of the scene's lab on a win everyone sees,
    and the keys of that win, of the lab and of an experiment of it."""
    lab, win = Lab.objects.get(pk=scene["lab"]), Win.objects.get(pk=scene["open"])
    experiment = Experiment.objects.filter(lab=lab).first()
    assert experiment
    return {
        "ripple_session": make_session(lab, win, by=world.ana, at=now).pk,
        "open_key": f"win-{win.pk}",
        "lab_key": f"lab-{lab.pk}",
        "experiment_key": f"experiment-{experiment.pk}",
    }
