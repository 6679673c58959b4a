"""Taking out, and forgetting, sessions, visits and learning calls."""

from datetime import timedelta

from cohorts import running_personal_data as personal
from cohorts.actions import sessions
from cohorts.models import Attendance, ExposureVisit, LearningCall, Session
from tests.conftest import NOW
from tests.factories.running import make_call, make_session, make_tick, make_visit, pair


def test_everything_about_ana_is_told_and_nothing_of_others(world):
    make_visit(world.cohort, world.ana, saw="Hers.")
    make_visit(world.cohort, world.zed, saw="His.")
    make_call(pair(world.ana, world.cas, world.cohort), me="Ours.")
    make_call(pair(world.zed, world.cas, world.cohort), me="Theirs.")
    session = make_session(world.cohort)
    make_tick(session, world.ana)
    make_tick(session, world.zed)
    told = {section.key: list(section.rows) for section in personal.tell_running(world.ana)}
    assert [row["what you saw"] for row in told["visits"]] == ["Hers."]
    assert [row["me and how I work"] for row in told["calls"]] == ["Ours."]
    assert told["partners"][0]["learning partner"] == "Cas Mendes"
    assert len(told["sessions"]) == 1


def test_a_member_who_leaves_takes_visits_and_calls_and_leaves_the_figure(world):
    make_visit(world.cohort, world.ana)
    make_call(pair(world.ana, world.cas, world.cohort))
    make_tick(make_session(world.cohort), world.ana)
    personal.forget_running(world.ana, NOW)
    assert not ExposureVisit.objects.exists()
    assert not LearningCall.objects.exists()
    assert Attendance.objects.count() == 1


def test_a_partner_who_leaves_leaves_the_members_their_calls(world):
    seat = pair(world.ana, world.cas, world.cohort)
    make_call(seat)
    make_call(seat, "planned")
    session = make_session(world.cohort, starts_at=NOW + timedelta(days=1))
    sessions.call_off(session=session, words="I am ill.", by=world.cas, at=NOW)
    personal.forget_running(world.cas, NOW)
    seat.refresh_from_db()
    assert seat.learning_partner is None
    assert LearningCall.objects.get().state == "held"
    assert Session.objects.get().called_off_words == ""
