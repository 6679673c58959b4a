"""A lab looks together at what something led to; and what is measured about a lab and its experiments."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from labs.models import LabMember
from systemschangers.kernel.models import Event, Notification
from systemschangers.kernel.notices import tell
from systemschangers.kernel.policy import Refused
from tests import steps
from tests.factories.labs import join, make_experiment, make_lab
from tests.factories.measures import make_measure
from tests.factories.ripple_sessions import make_session
from tests.factories.ripples import make_ripple
from tests.factories.wins import make_win
from wins.actions import ripple_sessions as actions
from wins.actions import ripples
from wins.models import Measure, Ripple, RippleSession

pytestmark = pytest.mark.django_db
TOLD = {"what": "The ward rings us now.", "happened_on": "2026-02-02"}


@pytest.fixture
def lab(ana, sam, cas, now):
    """Cas’s, with Ana and with Sam, who is Robin there."""
    lab = make_lab(cas, now)
    join(lab, ana, cas, now)
    join(lab, sam, cas, now, "service_user", alias="Robin")
    return lab


@pytest.fixture
def win(ana):
    return make_win(ana, "We share one form now.", visibility="everyone")


@pytest.fixture
def session(lab, win, ana, now) -> RippleSession:
    return make_session(lab, win, by=ana, at=now)


def address(session: RippleSession, step: str = "") -> str:
    return f"/labs/ripple-sessions/{session.pk}/{step}"


def test_a_lab_chooses_only_what_everybody_in_it_can_see(lab, ana, sam, zed, now):
    with pytest.raises(Refused, match="Not everybody in this lab"):
        make_session(lab, make_win(ana, visibility="service"), by=ana, at=now)
    with pytest.raises(Refused, match="Only members"):
        make_session(lab, make_win(ana), by=zed, at=now)


def test_a_lab_looks_at_a_thing_once_and_its_members_hear_without_a_name(
    session, lab, win, ana, sam, now
):
    with pytest.raises(ValidationError, match="looks at this already"):
        make_session(lab, win, by=sam, at=now)
    told = Notification.objects.get(recipient=sam, event__verb="ripple_session.begun")
    assert "Ana" not in str(tell(sam, [told], at=now)[0].words)


def test_every_member_adds_and_their_name_in_the_lab_stays_there(as_, session, win, sam, ana, zed):
    assert as_(sam).post(address(session, "new/"), TOLD).status_code == 302
    told = Ripple.objects.get()
    assert (told.session, told.told_by, told.seat.shown) == (session, sam, "Robin")
    inside = as_(ana).get(address(session)).content.decode()
    assert 'Told by <span dir="auto">Robin</span>' in inside
    outside = as_(zed).get(reverse("wins:ripples", args=[told.root])).content.decode()
    assert "a member of a lab" in outside
    assert "Robin" not in outside
    assert "Sam" not in outside
    newest = as_(zed).get(reverse("wins:ripples_newest")).content.decode()
    assert "A member of a lab" in newest
    noticed = as_(ana).get(reverse("home:notifications")).content.decode()
    assert "A lab told what came of something of yours." in noticed
    assert "Sam told" not in noticed
    assert Event.objects.filter(verb="ripple.told").count() == 1


def test_what_a_ripple_led_to_is_added_in_the_lab_and_taken_back_and_put_back(
    as_, session, sam, win, ana, now
):
    first = make_ripple(win, by=ana, at=now)
    assert as_(sam).post(address(session, f"new/?from={first.pk}"), TOLD).status_code == 302
    told = Ripple.objects.get(told_by=sam)
    assert told.parent == first
    as_(sam).post(address(session, "taking-back/"), {"ripple": told.pk})
    told.refresh_from_db()
    assert not told.is_shown
    as_(sam).post(address(session, "taking-back/"), {"ripple": told.pk, "undo": "1"})
    told.refresh_from_db()
    assert told.is_shown
    other = make_ripple(make_win(ana), by=ana, at=now)
    assert as_(sam).get(address(session, f"new/?from={other.pk}")).status_code == 404


def test_somebody_by_a_card_adds_too(as_, session, lab, cas, now):
    kit = join(lab, None, cas, now, name="Kit").person
    browser = as_(kit)
    assert browser.get(address(session)).status_code == 200
    assert browser.post(address(session, "new/"), TOLD).status_code == 302
    assert Ripple.objects.get().seat.shown == "Kit"


def test_when_the_lab_ends_or_the_session_does_nothing_is_added(session, win, ana, sam, cas, now):
    actions.end(session=session, by=sam, at=now)
    given = {"what": "Late.", "happened_on": now.date(), "session": session}
    with pytest.raises(Refused, match="This session has ended"):
        ripples.tell(thing=win, by=sam, at=now, **given)
    actions.go_on(session=session, by=ana, at=now)
    LabMember.objects.filter(person=sam).update(left_at=now)
    with pytest.raises(Refused, match="Only members"):
        ripples.tell(thing=win, by=sam, at=now, **given)


def test_a_thing_that_is_shown_to_fewer_is_no_longer_shown_in_the_lab(
    as_, session, win, sam, ana, now
):
    make_ripple(win, "Told before.", by=ana, at=now)
    assert "Told before." in as_(sam).get(address(session)).content.decode()
    win.visibility = "only_me"
    win.save()
    page = as_(sam).get(address(session)).content.decode()
    assert "Told before." not in page
    assert "We share one form" not in page
    assert as_(sam).post(address(session, "new/"), TOLD).status_code == 403


CASES = steps.cases(RippleSession)
TAKERS = {"END": actions.end, "GO_ON": actions.go_on}


@pytest.mark.parametrize("case", CASES, ids=str)
def test_each_step_from_each_state(case, session, ana, now):
    def make(state: str) -> RippleSession:
        if state == "ended":
            actions.end(session=session, by=ana, at=now)
            session.refresh_from_db()
        return session

    steps.check(case, make=make, take=lambda it: TAKERS[case.name](session=it, by=ana, at=now))


def test_what_an_experiment_led_to_is_read_by_its_lab_and_names_nobody(
    as_, lab, ana, sam, zed, now
):
    experiment = make_experiment(lab, ana, now)
    told = make_ripple(experiment, "Two wards asked how.", by=sam, at=now)
    assert told.root == f"experiment-{experiment.pk}"
    page = as_(ana).get(reverse("wins:ripples", args=[told.root])).content.decode()
    assert "Two wards asked how." in page
    assert "a member of a lab" in page
    assert as_(zed).get(reverse("wins:ripples", args=[told.root])).status_code == 404
    with pytest.raises(Refused):
        make_ripple(experiment, by=zed, at=now)


def test_a_lab_and_its_experiment_are_measured_by_members_and_read_by_them(
    as_, lab, ana, sam, zed, now
):
    experiment = make_experiment(lab, ana, now)
    for thing in (lab, experiment):
        with pytest.raises(Refused, match="members of this lab"):
            make_measure(thing, "1", by=zed, at=now)
        measure = make_measure(thing, "1 2 3", by=sam, at=now)
        assert as_(ana).get(measure.get_absolute_url()).status_code == 200
        assert as_(zed).get(measure.get_absolute_url()).status_code == 404
        assert "Pages of the form" in as_(ana).get(thing.get_absolute_url()).content.decode()
    assert Measure.objects.visible_to(zed).count() == 0


def test_a_lab_that_published_its_summary_shows_no_measure_to_others(lab, sam, zed, cas, now):
    from labs.models import Lab

    measure = make_measure(lab, "1 2", by=sam, at=now)
    Lab.objects.filter(pk=lab.pk).update(summary="Ours.", published_at=now, published_by=cas)
    assert Lab.objects.visible_to(zed).filter(pk=lab.pk).exists()
    assert not Measure.objects.visible_to(zed).filter(pk=measure.pk).exists()
