"""Power handed down to a team, with its limits, and taken back in words."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from labs.actions import handed_decisions
from labs.models import HandedDecision
from systemschangers.kernel.models import Notification
from tests.factories.barriers import hand_down, make_barrier
from tests.factories.cohorts import make_person
from tests.factories.leader_requests import make_leader

pytestmark = pytest.mark.django_db


def test_a_decision_is_handed_down_with_its_limits_and_the_team_hears(world, as_, now):
    barrier = make_barrier(world.zed, leader=make_leader(world.lee))
    as_(world.lee).post(
        f"{barrier.get_absolute_url()}response/",
        {
            "step": "hand_down",
            "service": world.outreach.pk,
            "decision": "You may accept a hostel address.",
            "limits": "Up to ten people a month.",
            "until": "",
        },
    )
    handed = HandedDecision.objects.get()
    heard = set(Notification.objects.values_list("recipient__name", flat=True))
    assert heard == {"Ana Okafor", "Mo Rahman", "Dee Hughes", "Zed Kowalski"}
    for address in (barrier.get_absolute_url(), handed.get_absolute_url(), "/handed-down/"):
        page = as_(world.ana).get(address).content.decode()
        assert "Street outreach may decide this" in page
    assert "Up to ten people" in as_(world.ana).get(handed.get_absolute_url()).content.decode()


def test_it_is_taken_back_in_words_and_not_handed_twice(world, as_, now):
    lee = make_leader(world.lee)
    barrier = make_barrier(world.ana, leader=lee)
    handed = hand_down(barrier, lee, world.outreach)
    with pytest.raises(ValidationError, match="may decide this already"):
        handed_decisions.hand_down(
            barrier=barrier,
            service=world.outreach,
            decision="A.",
            limits="B.",
            by=world.lee,
            at=now,
        )
    empty = as_(world.lee).post(f"{handed.get_absolute_url()}taking-back/", {"words": ""})
    assert empty.status_code == 200
    as_(world.lee).post(
        f"{handed.get_absolute_url()}taking-back/", {"words": "The money is spent."}
    )
    page = as_(world.ana).get(handed.get_absolute_url()).content.decode()
    assert "The money is spent." in page
    assert handed.pk not in HandedDecision.objects.in_force().values_list("pk", flat=True)


def test_power_over_a_hidden_barrier_is_not_handed_to_whom_it_is_hidden_from(world, now):
    ruth = make_leader(make_person(world.hostel, name="Ruth"), organisation=world.charity)
    hidden = make_barrier(world.ana, way="hidden", leader=ruth)
    with pytest.raises(ValidationError, match="hidden from that organisation"):
        handed_decisions.hand_down(
            barrier=hidden, service=world.board, decision="A.", limits="B.", by=ruth.person, at=now
        )
