"""The longest name somebody may have, in one piece, on the narrowest phone: nothing moves sideways."""

from __future__ import annotations

import pytest
from django.utils import timezone

from cohorts.models import Deputyship
from tests.factories import make_win
from tests.factories.leader_requests import make_leader, make_leader_request
from tests.factories.time import make_agreement, make_time

pytestmark = pytest.mark.browser
LONG = "Wolfeschlegelsteinhausenberger" * 4


@pytest.fixture
def long_named(world):
    """Ana and her leader; time and an agreement of hers wait, and another's on the same day."""
    world.ana.name = LONG[:100]
    world.ana.save()
    today, now = timezone.localdate(), timezone.now()
    Deputyship.objects.get_or_create(person=world.mo, deputy=world.dee, starts=today, ends=today)
    leader = make_leader(name=LONG[:100], email="lin@example.org", portfolio=LONG[:100])
    request = make_leader_request(world.ana, leader, world.mo, now)
    time = make_time(world.ana)
    make_time(world.ana, "approved", starts_at=time.starts_at.replace(hour=16))
    make_agreement(world.ana, "proposed")
    win = make_win(world.ana, f"{LONG} {'x' * 300}")
    win.comments.create(author=world.ana, words=LONG, made_at=now)
    return {"win": win, "time": time, "request": request, "leader": leader}


def test_nothing_moves_sideways_for_the_longest_name(
    phone, world, sign_in, long_named, no_sideways
):
    win, request = long_named["win"], long_named["request"]
    phone.set_viewport_size({"width": 320, "height": 700})
    cohort = f"/cohorts/{world.cohort.pk}"
    walks = {
        world.mo: [
            *("/decisions/", "/ledger/team/", "/leader-requests/", "/wins/", "/", "/noticed/"),
            *(win.get_absolute_url(), request.get_absolute_url(), "/leaders/", "/people/"),
            *(f"/time/{long_named['time'].pk}/", long_named["leader"].get_absolute_url()),
        ],
        world.cas: [
            *(f"{cohort}/learning-partners/", f"{cohort}/health/", f"{cohort}/", "/people/"),
            *(f"{cohort}/memberships/?state=active", f"/people/{world.ana.pk}/"),
        ],
    }
    for person, pages in walks.items():
        phone.context.clear_cookies()
        sign_in(phone, person)
        for address in pages:
            assert phone.goto(address).status == 200, address
            no_sideways(phone)
