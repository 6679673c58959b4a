"""Taking out, and forgetting, what one wrote about time."""

from cohorts import time_personal_data as personal
from cohorts.models import ManagerAgreement, TimeRequest
from tests.factories.memberships import without_agreement
from tests.factories.time import SLOT, make_agreement, make_time


def test_everything_about_ana_is_told(world):
    make_agreement(world.ana)
    make_time(world.ana, note="Look back.")
    told = {section.key: list(section.rows) for section in personal.tell_time(world.ana)}
    assert told["agreements"][0]["hours a month"] == 8
    assert told["time"][0]["what you wanted to do"] == "Look back."
    assert not list(list(personal.tell_time(world.zed))[1].rows)


def test_leaving_ends_what_is_open_takes_the_words_and_keeps_the_hours(world, now):
    for person in (world.ana, world.zed):
        without_agreement(person)
    make_agreement(world.ana)
    make_agreement(world.ana, "proposed")
    for day, state in enumerate(("requested", "more_asked", "approved", "declined")):
        make_time(world.ana, state, note="Mine.", cover="Dee", starts_at=SLOT.replace(day=17 + day))
    taken = make_time(world.ana, "taken", note="Mine.", starts_at=SLOT.replace(day=2))
    personal.forget_time(world.ana, now)
    assert set(TimeRequest.objects.values_list("note", "cover", "answer")) == {("", "", "")}
    states = TimeRequest.objects.order_by("starts_at").values_list("state", flat=True)
    assert list(states) == ["taken", "withdrawn", "withdrawn", "withdrawn", "declined"]
    assert set(ManagerAgreement.objects.values_list("state", "cover")) == {
        ("ended", personal.TAKEN_OUT)
    }
    taken.refresh_from_db()
    assert taken.hours == 2


def test_a_manager_who_leaves_takes_his_words_along(world, now):
    without_agreement(world.ana)
    without_agreement(world.zed)
    make_time(world.ana, "declined")
    make_time(world.ana, "approved", starts_at=SLOT.replace(day=20))
    make_agreement(world.ana, "talk")
    personal.forget_time(world.mo, now)
    words = set(TimeRequest.objects.values_list("words", flat=True))
    assert words == {personal.TAKEN_OUT, ""}
    assert ManagerAgreement.objects.get().words == personal.TAKEN_OUT
