from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from systemschangers.kernel.models import Notification
from systemschangers.kernel.policy import Refused
from wins.actions import thank_yous as actions
from wins.models import ThankYou

pytestmark = pytest.mark.django_db


@pytest.fixture
def thanks(ana, mo, now) -> ThankYou:
    return actions.thank(receiver=ana, words="You waited with him.", by=mo, at=now)


def readers(world, thanks) -> set[str]:
    names = ("ana", "mo", "dee", "lee", "cas", "sam", "zed", "ada")
    return {
        name
        for name in names
        if ThankYou.objects.visible_to(getattr(world, name)).filter(pk=thanks.pk).exists()
    }


def test_only_the_two_read_it_until_the_thanked_person_says_so(world, thanks):
    assert readers(world, thanks) == {"ana", "mo"}
    assert Notification.objects.get().recipient == world.ana


def test_shown_to_the_service_or_to_everyone_as_she_chose(world, thanks, now):
    actions.answer(thank_you=thanks, shown_to="service", by=world.ana, at=now)
    assert readers(world, thanks) == {"ana", "mo", "dee"}
    actions.answer(thank_you=thanks, shown_to="everyone", by=world.ana, at=now)
    assert readers(world, thanks) == {"ana", "mo", "dee", "lee", "cas", "sam", "zed", "ada"}
    actions.answer(thank_you=thanks, shown_to="", by=world.ana, at=now)
    assert readers(world, thanks) == {"ana", "mo"}


def test_the_giver_does_not_decide_who_sees_it(mo, thanks, now):
    with pytest.raises(Refused):
        actions.answer(thank_you=thanks, shown_to="everyone", by=mo, at=now)


def test_nobody_thanks_themselves_or_an_account_that_ended(ana, mo, ended, now):
    with pytest.raises(Refused):
        actions.thank(receiver=ana, words="Me.", by=ana, at=now)
    with pytest.raises(Refused):
        actions.thank(receiver=ended, words="You.", by=ana, at=now)


def test_the_database_says_so_too(ana, thanks):
    with pytest.raises(IntegrityError), transaction.atomic():
        ThankYou.objects.filter(pk=thanks.pk).update(giver=ana)
    with pytest.raises(IntegrityError), transaction.atomic():
        ThankYou.objects.filter(pk=thanks.pk).update(shown_to="everyone")


def test_the_pages(as_, ana, mo, zed):
    browser = as_(mo)
    found = browser.get(reverse("wins:thank_you_new"), {"name": "oka"}).content.decode()
    assert "Ana Okafor" in found
    nobody = browser.get(reverse("wins:thank_you_new"), {"name": "qqq"}).content.decode()
    assert "Nobody here by that name" in nobody
    to = f"{reverse('wins:thank_you_new')}?to={ana.pk}"
    assert "Say what you saw" in browser.post(to, {"words": ""}).content.decode()
    sent = browser.post(to, {"words": "You stayed late to find the key."})
    thanks = ThankYou.objects.get()
    assert sent.url == reverse("wins:thank_you", args=[thanks.pk])
    assert "You stayed late" in as_(ana).get(reverse("wins:thank_yous")).content.decode()
    assert as_(zed).get(sent.url).status_code == 404
    answer = reverse("wins:thank_you_answer", args=[thanks.pk])
    assert browser.post(answer, {"shown_to": "everyone"}).status_code == 403
    as_(ana).post(answer, {"shown_to": "everyone"})
    assert as_(zed).get(sent.url).status_code == 200


def test_details_in_thanks_are_pointed_out_before_they_are_sent_and_stop_nobody(as_, ana, mo):
    browser, address = as_(mo), f"{reverse('wins:thank_you_new')}?to={ana.pk}"
    words = "You rang 07700 900123 until somebody came."
    shown = browser.post(address, {"words": words})
    assert "Before you send it: does this show who somebody is?" in shown.content.decode()
    assert not ThankYou.objects.exists()
    checked = shown.context["form"]["checked"].value()
    assert browser.post(address, {"words": words, "checked": checked}).status_code == 302
    assert ThankYou.objects.get().words == words
