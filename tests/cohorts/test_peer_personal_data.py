"""Taking out what one compared, and forgetting it: what others rely on stays without the name."""

from __future__ import annotations

from datetime import timedelta

from cohorts import peer_personal_data as personal
from cohorts.actions.peer_meetings import inviting, pair_up
from cohorts.models import ComparisonNote, PeerMeeting, Practice, TimeRequest
from systemschangers.kernel.models import Letter
from tests.factories.peer_meetings import (
    make_borrowing,
    make_note,
    make_peer_meeting,
    make_practice,
)
from tests.factories.time import make_agreement


def test_everything_about_ana_is_told_and_nothing_of_the_other(world, now):
    held = make_peer_meeting(world.ana, world.zed, at=now, state="held")
    make_note(held, world.ana, now, we_do="Ours.")
    make_note(held, world.zed, now, we_do="Theirs.")
    make_borrowing(make_practice(held, world.zed, now), world.ana, now)
    told = {section.key: list(section.rows) for section in personal.tell_peers(world.ana)}
    assert told["peers"][0]["you"] == "going"
    assert [note["we do"] for note in told["notes"]] == ["Ours."]
    assert told["borrowings"][0]["practice"] == told["practices"][0]["what it is, in a few words"]
    assert "Theirs." not in str(told)


def test_a_meeting_to_come_is_called_off_and_the_others_time_withdrawn(world, now):
    make_agreement(world.ana)
    meeting = inviting.invite(
        person=world.zed, question="How?", dates=[now + timedelta(days=4)], by=world.ana, at=now
    )
    inviting.answer_dates(meeting=meeting, dates=meeting.dates.all(), by=world.zed, at=now)
    personal.forget_peers(world.zed, now)
    meeting.refresh_from_db()
    assert (meeting.state, TimeRequest.objects.get().state) == ("called_off", "withdrawn")
    gone = Letter.objects.get(kind="peer_called_off")
    assert (gone.to, "Zed" in gone.text + gone.calendar) == (world.ana.email, False)


def test_a_trio_goes_on_as_two(world, now):
    meeting = pair_up(people=[world.ana, world.zed, world.lee], question="?", by=world.cas, at=now)
    inviting.propose_dates(meeting=meeting, dates=[now + timedelta(days=4)], by=world.zed, at=now)
    personal.forget_peers(world.zed, now)
    meeting = PeerMeeting.objects.get()
    assert (meeting.state, meeting.dates.count()) == ("invited", 0)
    again = [now + timedelta(days=5)]
    inviting.propose_dates(meeting=meeting, dates=again, by=world.lee, at=now)
    done = inviting.answer_dates(meeting=meeting, dates=meeting.dates.all(), by=world.ana, at=now)
    assert done.state == "arranged"


def test_notes_go_and_published_practices_stay(world, now):
    held = make_peer_meeting(world.ana, world.zed, at=now, state="held")
    make_note(held, world.ana, now)
    kept = make_practice(held, world.ana, now)
    make_practice(held, world.ana, now, state="draft")
    personal.forget_peers(world.ana, now)
    assert not ComparisonNote.objects.exists()
    assert list(Practice.objects.values_list("pk", "ask")) == [(kept.pk, None)]
    assert [owner.person for owner in kept.owners.all()] == [world.zed]
