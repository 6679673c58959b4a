"""Every form of people and organisations, pressed twice, does its work once."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from cohorts.actions import imports
from cohorts.models import (
    Cohort,
    Deputyship,
    Import,
    Invitation,
    Membership,
    Organisation,
    Person,
    Post,
    Service,
)
from systemschangers.kernel.models import Event, Letter
from tests.factories.cohorts import make_invitation

COUNTED = (
    Cohort,
    Deputyship,
    Event,
    Import,
    Invitation,
    Letter,
    Membership,
    Organisation,
    Person,
    Post,
    Service,
)


def at(name, *args):
    return reverse(f"cohorts:{name}", args=args)


def a_day(ahead):
    return (timezone.localdate() + timedelta(days=ahead)).isoformat()


def an_invitation(world):
    return make_invitation(world.cas, timezone.now())[0]


FORMS = {
    "profile": lambda w: (w.ana, at("me_edit"), {"name": "Ana O", "about": "x"}),
    "deputy": lambda w: (
        w.lee,
        at("deputyships"),
        {"deputy": "Dee Hughes", "starts": a_day(1), "ends": a_day(2)},
    ),
    "organisation": lambda w: (w.cas, at("organisation_new"), {"name": "Riverside"}),
    "service": lambda w: (
        w.cas,
        at("service_new", w.council.pk),
        {"name": "Night team", "place": "Westport"},
    ),
    "cohort": lambda w: (w.cas, at("cohort_new"), {"name": "Two", "starts": a_day(0)}),
    "member": lambda w: (
        w.cas,
        at("member_new", w.cohort.pk),
        {"person": "sam@example.org", "role": "participant"},
    ),
    "taking out": lambda w: (w.cas, at("member_taking_out", w.zed.memberships.get().pk), {}),
    "post": lambda w: (
        w.cas,
        at("post_new", w.zed.pk),
        {"service": w.outreach.pk, "title": "Worker", "kind": "frontline", "started": a_day(0)},
    ),
    "ending": lambda w: (
        w.cas,
        at("post_ending", w.ana.posts.get().pk),
        {"on": a_day(0), "went_to": "left"},
    ),
    "invitation": lambda w: (
        w.cas,
        at("invitation_new"),
        {
            "name": "Nia",
            "email": "nia@example.org",
            "service": w.outreach.pk,
            "job_title": "Worker",
            "kind": "frontline",
        },
    ),
    "sending again": lambda w: (w.cas, at("invitation_sending", an_invitation(w).pk), {}),
    "calling off": lambda w: (w.cas, at("invitation_calling_off", an_invitation(w).pk), {}),
    "list": lambda w: (w.cas, at("import"), {"pasted": "organisation\nRiverside"}),
    "adding a list": lambda w: (
        w.cas,
        at(
            "import_adding",
            imports.keep(
                text="organisation,service,name,email,job title\nR,S,Nia,nia@example.org,W",
                by=w.cas,
                at=timezone.now(),
            ).pk,
        ),
        {"invite": "yes"},
    ),
}


@pytest.mark.parametrize("form", FORMS)
def test_pressed_twice_it_happens_once(form, world, as_):
    person, url, words = FORMS[form](world)
    browser = as_(person)
    sent = words | {"submission_key": str(uuid4())}
    first = browser.post(url, sent)
    assert first.status_code == 302
    counts = [model.objects.count() for model in COUNTED]
    second = browser.post(url, sent)
    assert second.status_code == 302
    assert second.url == first.url
    assert [model.objects.count() for model in COUNTED] == counts
