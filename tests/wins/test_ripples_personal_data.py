"""Taking out what ripples and outcomes keep about somebody, and leaving."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.utils import timezone

from systemschangers.kernel.models import SignedLink
from tests.factories.ripples import ask, make_outcome, make_ripple
from tests.factories.wins import make_win
from tests.wins.test_outcomes import answer
from wins import ripples_personal_data as personal
from wins.actions import outcomes, ripples
from wins.models import Outcome, Ripple, Substantiation

pytestmark = pytest.mark.django_db


def told(person) -> str:
    return str([(one.key, list(one.rows)) for one in personal.tell(person)])


def test_everything_one_told_and_answered_is_in_the_download_and_nobody_elses_drafts(ana, zed, now):
    win = make_win(ana)
    make_ripple(win, "Told by Ana.", by=ana, at=now)
    make_ripple(win, "Told by Zed.", by=zed, at=now)
    make_outcome(ana, at=now, shown=False, what="Her draft.")
    answer(ask(make_outcome(ana, at=now), at=timezone.now(), email=zed.email), "partly", "In May.")
    assert "Told by Ana." in told(ana)
    assert "Her draft." in told(ana)
    assert "Noor Saleh: agrees in part. In May." in told(ana)
    assert "Told by Zed." not in told(ana)
    assert "In May." in told(zed)
    assert "Her draft." not in told(zed)


def test_leaving_takes_what_nobody_else_saw_and_leaves_the_rest_without_them(ana, mo, zed, now):
    win = make_win(ana)
    shown = make_ripple(win, "Stays.", by=ana, at=now)
    make_ripple(shown, "Of Mo.", by=mo, at=now)
    gone = make_ripple(win, "Goes.", by=ana, at=now)
    make_outcome(ana, at=now, shown=False)
    kept = make_outcome(ana, at=now)
    waits = ask(kept, at=timezone.now())
    back = make_outcome(ana, at=now, what="Taken back and answered.")
    answer(ask(back, at=timezone.now(), email="else@example.org"), "disagree", "No.")
    outcomes.take_back(outcome=back, by=ana, at=now)
    ripples.take_back(ripple=gone, by=ana, at=now)
    with transaction.atomic():
        personal.forget(ana, timezone.now())
    assert set(Ripple.objects.values_list("what", flat=True)) == {"Stays.", "Of Mo."}
    assert set(Outcome.objects.values_list("pk", flat=True)) == {kept.pk, back.pk}
    waits.refresh_from_db()
    assert (waits.state, waits.email) == ("called_off", "")
    assert not SignedLink.objects.filter(target_id=waits.pk, called_off_at=None).exists()


def test_who_answered_leaves_their_answer_without_their_name(ana, zed, now):
    outcome = make_outcome(ana, at=now)
    answer(ask(outcome, at=timezone.now(), email=zed.email, name="Zed Kowalski"), "agree", "Yes.")
    waits = ask(make_outcome(ana, at=now), at=timezone.now(), email=zed.email)
    with transaction.atomic():
        personal.forget(zed, timezone.now())
    said = Substantiation.objects.get(outcome=outcome)
    assert (said.name, said.verdict, said.comment) == ("Somebody who has left", "agree", "Yes.")
    assert not Substantiation.objects.filter(pk=waits.pk).exists()
