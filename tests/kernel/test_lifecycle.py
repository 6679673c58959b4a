"""Steps between states are taken in turn, or refused in words."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from systemschangers.kernel.lifecycle import Step, WrongState


def request_in(state: str, **more):
    meta = SimpleNamespace(verbose_name="leader request")
    return SimpleNamespace(state=state, _meta=meta, **more)


def test_a_step_leads_from_each_of_its_sources_to_its_target():
    approve = Step({"waiting", "asked for more"}, "approved")
    for state in ("waiting", "asked for more"):
        request = request_in(state)
        approve.apply(request)
        assert request.state == "approved"


def test_a_step_out_of_turn_changes_nothing_and_says_where_the_thing_stands():
    request = request_in("approved", get_state_display=lambda: "approved by Mo")
    with pytest.raises(WrongState, match="This leader request is already “approved by Mo”"):
        Step({"waiting"}, "approved").apply(request)
    assert request.state == "approved"


def test_a_step_can_move_another_column():
    thing = SimpleNamespace(phase="a", _meta=SimpleNamespace(verbose_name="thing"))
    Step({"a"}, "b").apply(thing, "phase")
    assert thing.phase == "b"


def test_steps_with_the_same_ends_are_the_same_step():
    assert Step({"a"}, "b") == Step(["a"], "b")
    assert len({Step({"a"}, "b"), Step(("a",), "b")}) == 1
