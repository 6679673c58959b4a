"""This led to that: who may tell it and see it, that no chain bites its tail, and how it is drawn."""

from __future__ import annotations

import threading
from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, close_old_connections, connection, transaction
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cohorts.meanwhile import ChangedMeanwhile
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Notification
from systemschangers.kernel.policy import Refused
from tests.factories.leader_requests import make_commitment, make_leader, make_leader_request
from tests.factories.peer_meetings import make_peer_meeting
from tests.factories.ripples import DAY, make_ripple, telling
from tests.factories.wins import make_win
from wins.actions import ripples as actions
from wins.models import Ripple
from wins.policy import ripples as policy
from wins.ripple_chains import Branch, grow, in_words, walk
from wins.ripple_drawing import WIDTH, draw

pytestmark = pytest.mark.django_db


@pytest.fixture
def win(ana):
    return make_win(ana, "We share one form now.", visibility="service")


@pytest.fixture
def first(win, ana, now) -> Ripple:
    return make_ripple(win, by=ana, at=now)


def heard(person) -> list[str]:
    told = Notification.objects.filter(recipient=person, event__verb__startswith="ripple.")
    return [one.event.verb for one in told.select_related("event")]


def test_whoever_sees_a_win_may_say_what_it_led_to_and_its_author_hears(win, ana, mo, zed, now):
    told = make_ripple(win, by=mo, at=now)
    assert (told.root, told.parent, told.told_by) == (f"win-{win.pk}", None, mo)
    assert heard(ana) == ["ripple.told"]
    with pytest.raises(Refused, match="only tell of what you can see"):
        make_ripple(win, by=zed, at=now)


def test_what_a_ripple_led_to_is_of_the_same_chain_and_its_teller_hears_too(win, ana, mo, dee, now):
    told = make_ripple(win, by=mo, at=now)
    further = make_ripple(told, "The clinic asked for it.", by=dee, at=now)
    assert (further.root, further.parent) == (told.root, told)
    assert heard(mo) == ["ripple.told"]
    assert heard(ana) == ["ripple.told", "ripple.told"]


def test_a_ripple_is_seen_by_whoever_sees_what_it_began_with(first, win, ana, mo, zed, cas, ada):
    assert [p.name for p in (ana, mo, zed, cas, ada) if _sees(p, first)] == [ana.name, mo.name]
    win.visibility = "only_me"
    win.save()
    assert [p.name for p in (ana, mo, cas, ada) if _sees(p, first)] == [ana.name]


def _sees(person, ripple) -> bool:
    return Ripple.objects.visible_to(person).filter(pk=ripple.pk).exists()


def test_nothing_comes_of_a_draft(ana, now):
    with pytest.raises(Refused, match="Log the win first"):
        make_ripple(make_win(ana, state="draft"), by=ana, at=now)


def test_what_a_meeting_led_to_is_read_by_those_who_met(ana, zed, mo, now):
    meeting = make_peer_meeting(ana, zed, at=now, state="held")
    told = make_ripple(meeting, "Zed’s hostel opens at five.", by=zed, at=now)
    assert (_sees(ana, told), _sees(zed, told), _sees(mo, told)) == (True, True, False)
    assert heard(ana) == ["ripple.told"]


def test_of_a_promise_something_comes_once_it_is_kept(world, ana, mo, zed, now, as_):
    asked = make_leader_request(
        ana, make_leader(world.lee), mo, now, state="followed_up", meets_at=now
    )
    promise = make_commitment(asked, now)
    with pytest.raises(Refused, match="has not been kept"):
        make_ripple(promise, by=ana, at=now)
    promise.state, promise.state_at = "kept", now
    promise.save()
    page = as_(ana).get(promise.get_absolute_url()).content.decode()
    assert f"/ripples/of/commitment-{promise.pk}/" in page
    told = make_ripple(promise, "The form has lost its second page.", by=ana, at=now)
    assert (_sees(ana, told), _sees(world.lee, told), _sees(zed, told)) == (True, True, False)


def test_a_ripple_can_not_be_before_what_it_followed_from(first, ana, now):
    with pytest.raises(ValidationError, match="can’t have been earlier"):
        make_ripple(first, by=ana, at=now, happened_on=DAY - timedelta(days=1))
    child = make_ripple(first, by=ana, at=now, happened_on=DAY + timedelta(days=3))
    later = telling("Later.", happened_on=DAY + timedelta(days=4))
    with pytest.raises(ValidationError, match="can’t have been later"):
        actions.edit(ripple=first, version=1, by=ana, at=now, **later)
    assert child.happened_on == DAY + timedelta(days=3)


def test_only_its_teller_changes_it_and_an_older_form_overwrites_nothing(first, ana, mo, now):
    with pytest.raises(Refused, match="Only the person who told"):
        actions.edit(ripple=first, version=1, by=mo, at=now, **telling("Mine now."))
    actions.edit(ripple=first, version=1, by=ana, at=now, **telling("Once."))
    with pytest.raises(ChangedMeanwhile):
        actions.edit(ripple=first, version=1, by=ana, at=now, **telling("Twice."))
    first.refresh_from_db()
    assert (first.what, first.version) == ("Once.", 2)


def test_its_teller_and_whose_thing_it_is_take_it_back_and_only_they_put_it_back(
    win, ana, mo, dee, now
):
    told = make_ripple(win, by=mo, at=now)
    with pytest.raises(Refused):
        actions.take_back(ripple=told, by=dee, at=now)
    actions.take_back(ripple=told, by=ana, at=now)
    assert heard(mo) == ["ripple.taken_back"]
    assert (_sees(mo, told), _sees(ana, told), _sees(dee, told)) == (True, True, False)
    with pytest.raises(WrongState):
        actions.take_back(ripple=told, by=ana, at=now)
    with pytest.raises(Refused, match="Only they can put it back"):
        actions.put_back(ripple=told, by=mo, at=now)
    actions.put_back(ripple=told, by=ana, at=now)
    assert _sees(dee, told)


def test_what_a_ripple_taken_back_led_to_stays_and_its_place_is_kept_empty(first, ana, mo, now):
    make_ripple(first, "And the clinic.", by=ana, at=now)
    lone = make_ripple(first.win, "Nothing came of this.", by=ana, at=now)
    for one in (first, lone):
        actions.take_back(ripple=one, by=ana, at=now)
    [branch] = grow(Ripple.objects.of(first.root))
    assert branch.empty
    assert [below.ripple.what for below in branch.led_to] == ["And the clinic."]
    with pytest.raises(Refused, match="taken back"):
        make_ripple(first, by=ana, at=now)


def test_a_chain_has_an_end(win, ana, now, monkeypatch):
    monkeypatch.setattr(actions, "MOST_RIPPLES", 2)
    make_ripple(make_ripple(win, by=ana, at=now), by=ana, at=now)
    with pytest.raises(ValidationError, match="as many as can be read"):
        make_ripple(win, by=ana, at=now)
    assert policy.MOST_RIPPLES == 200


# --- No chain bites its tail ------------------------------------------------------------------------


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(moves=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1, max_size=8))
def test_whatever_is_written_to_the_rows_no_chain_bites_its_tail(moves, chain_of_five):
    chain = chain_of_five
    with transaction.atomic():
        for child, parent in moves:
            refused = ""
            try:
                with transaction.atomic():
                    Ripple.objects.filter(pk=chain[child]).update(parent=chain[parent])
            except IntegrityError as error:
                refused = str(error)
            assert ("ripple_follows_what_was_there" in refused) == (child <= parent)
        assert _ends(chain)
        transaction.set_rollback(True)


@pytest.fixture
def chain_of_five(first, ana, now) -> list[int]:
    told = [first]
    while len(told) < 5:
        told.append(make_ripple(told[-1], by=ana, at=now))
    return [one.pk for one in told]


def _ends(chain: list[int]) -> bool:
    """From each of them one comes to the beginning in at most as many steps as there are ripples."""
    parents = dict(Ripple.objects.values_list("pk", "parent_id"))
    for pk in chain:
        here, steps = pk, 0
        while parents[here] is not None:
            here, steps = parents[here], steps + 1
            if steps > len(parents):
                return False
    return True


def test_a_parent_of_another_chain_is_refused_by_the_database(first, ana, now):
    other = make_ripple(make_win(ana), by=ana, at=now)
    older, newer = sorted((first, other), key=lambda one: one.pk)
    Ripple.objects.filter(pk=newer.pk).update(parent=older)
    with connection.cursor() as cursor, pytest.raises(IntegrityError, match="same_chain"):
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_a_ripple_begins_with_exactly_one_thing_and_says_which(first, win):
    for wrong in ({"win": None}, {"root": "win-0"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Ripple.objects.filter(pk=first.pk).update(**wrong)


@pytest.mark.django_db(transaction=True)
def test_two_who_hang_each_on_the_other_at_once_make_no_loop(ana, now):
    win = make_win(ana)
    one, two = (make_ripple(win, by=ana, at=now).pk for _ in range(2))
    gate, refused = threading.Barrier(2), []

    def hang(child: int, parent: int) -> None:
        gate.wait()
        try:
            Ripple.objects.filter(pk=child).update(parent=parent)
        except IntegrityError:
            refused.append(child)
        finally:
            close_old_connections()
            connection.close()

    both = [threading.Thread(target=hang, args=pair) for pair in ((one, two), (two, one))]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    assert refused == [one]
    assert _ends([one, two])


@pytest.mark.django_db(transaction=True)
def test_telling_what_came_of_a_ripple_while_it_is_taken_back_does_one_or_the_other(ana, mo, now):
    first = make_ripple(make_win(ana), by=ana, at=now)
    gate, refused = threading.Barrier(2), []

    def run(action) -> None:
        gate.wait()
        try:
            action()
        except Refused:
            refused.append(action)
        finally:
            connection.close()

    def tell() -> None:
        make_ripple(Ripple.objects.get(pk=first.pk), by=mo, at=now)

    def take() -> None:
        actions.take_back(ripple=Ripple.objects.get(pk=first.pk), by=ana, at=now)

    both = [threading.Thread(target=run, args=(action,)) for action in (tell, take)]
    for thread in both:
        thread.start()
    for thread in both:
        thread.join()
    told = Ripple.objects.filter(parent=first).count()
    assert (told, len(refused)) in ((1, 0), (0, 1))
    first.refresh_from_db()
    assert first.state == Ripple.State.TAKEN_BACK


# --- The picture and the list -----------------------------------------------------------------------


def test_what_was_said_of_a_chain_is_said_in_a_sentence(win, ana, now):
    first = make_ripple(win, by=ana, at=now, worth="good", lasting="going_on")
    make_ripple(
        first, by=ana, at=now, worth="bad", meant="not_meant", happened_on=DAY + timedelta(days=40)
    )
    said = " ".join(in_words(grow(Ripple.objects.of(first.root))))
    assert said == (
        "2 ripples, from 2 Feb 2026 to 14 Mar 2026. People say of them: 1 good, 1 bad, "
        "1 not meant to happen, 1 still going on."
    )


chains = st.lists(
    st.tuples(st.integers(0, 30), st.integers(0, 500), st.sampled_from(["", "good", "bad"])),
    min_size=1,
    max_size=30,
)


@settings(deadline=None)
@given(chains)
def test_every_ripple_has_a_row_of_its_own_in_the_order_of_days_and_a_line_to_where_it_came_from(
    rows,
):
    ripples = [
        Ripple(
            pk=n + 1,
            parent_id=parent % n + 1 if n and parent % 3 else None,
            happened_on=date(2025, 1, 1) + timedelta(days=days),
            worth=worth,
            what="Something that takes more words to say than there is room for beside it.",
        )
        for n, (parent, days, worth) in enumerate(rows)
    ]
    branches = grow(ripples)
    assert len(walk(branches)) == len(ripples)
    drawing = draw(branches)
    assert drawing is not None
    heights = [node.y for node in drawing.nodes]
    assert all(later - earlier >= 50 for earlier, later in pairwise(heights))
    assert len(drawing.lines) == len(ripples)
    assert heights[-1] < drawing.height
    for node in drawing.nodes:
        assert 0 < node.x < node.words_at
        assert 1 <= len(node.lines) <= 2
        assert all(node.words_at + len(line) * 7.2 <= WIDTH for line in node.lines)


def test_what_is_drawn_is_also_in_the_list(as_, ana, win, now):
    first = make_ripple(win, "The night team does it.", by=ana, at=now, worth="good")
    make_ripple(first, "The clinic asked for it.", by=ana, at=now, worth="bad", who="The nurses")
    page = as_(ana).get(reverse("wins:ripples", args=[first.root])).content.decode()
    picture = page.partition('class="chart ripples"')[2].partition("</svg>")[0]
    the_list = page.partition("Step by step")[2]
    for what in ("The night team does it.", "The clinic asked for it."):
        assert what in picture
        assert what in the_list
    assert "The nurses" in the_list
    assert 'class="ripples__bad"' in picture


def test_a_chain_of_sixty_takes_the_queries_of_one(as_, ana, win, now, django_assert_num_queries):
    from django.test.utils import CaptureQueriesContext

    first = make_ripple(win, by=ana, at=now)
    browser, address = as_(ana), reverse("wins:ripples", args=[first.root])
    with CaptureQueriesContext(connection) as one:
        browser.get(address)
    parent = first
    for n in range(59):
        told = make_ripple(parent if n % 3 else first, f"Thing {n}.", by=ana, at=now)
        parent = told
    with CaptureQueriesContext(connection) as many:
        assert "Thing 58." in browser.get(address).content.decode()
    print(f"a chain: {len(one)} queries for 1 ripple, {len(many)} for 60")
    assert len(many) == len(one) <= 8


def test_the_newest_take_the_same_queries_for_one_and_for_thirty(as_, ana, win, now):
    from django.test.utils import CaptureQueriesContext

    make_ripple(win, by=ana, at=now)
    browser = as_(ana)
    with CaptureQueriesContext(connection) as one:
        browser.get(reverse("wins:ripples_newest"))
    for _ in range(29):
        make_ripple(make_win(ana), by=ana, at=now)
    with CaptureQueriesContext(connection) as many:
        assert browser.get(reverse("wins:ripples_newest")).status_code == 200
    print(f"newest ripples: {len(one)} queries for 1 row, {len(many)} for 30")
    assert len(many) == len(one) <= 8


def test_a_branch_knows_where_it_hangs():
    ripple = Ripple(pk=1, happened_on=DAY, what="x")
    assert [one.ripple for one in Branch(ripple, 1).walk()] == [ripple]
