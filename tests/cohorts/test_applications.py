"""Applying to a cohort: written in two minutes, read oldest first, answered in words."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cohorts.actions import applications, memberships
from cohorts.models import Membership
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Notification
from systemschangers.kernel.policy import Refused
from tests.factories.cohorts import make_person
from tests.factories.memberships import make_member

WHY = "I see who comes back to us three times a year, and I would like to know why."


@pytest.fixture
def opened(world):
    """The cohort, open for twenty days from the real today."""
    world.cohort.applications_close_on = timezone.localdate() + timedelta(days=20)
    world.cohort.about, world.cohort.asks = "A year of seeing more.", "A day a month."
    world.cohort.save()
    return world.cohort


def at(name, pk):
    return reverse(f"cohorts:{name}", args=[pk])


def heard(verb):
    return {n.recipient for n in Notification.objects.filter(event__verb=verb)}


def test_from_the_list_of_open_cohorts_to_an_application(world, opened, as_):
    browser = as_(world.sam)
    listed = browser.get(reverse("cohorts:open_cohorts")).content.decode()
    assert at("application_new", opened.pk) in listed
    page = browser.get(at("application_new", opened.pk)).content.decode()
    assert "A year of seeing more." in page
    assert "Your manager does not see it" in page
    browser.post(at("application_new", opened.pk), {"why": WHY})
    made = world.sam.memberships.get()
    assert (made.state, made.why) == ("applied", WHY)
    assert heard("membership.applied") == {world.cas}
    assert (
        "You can change it until one of them opens it"
        in browser.get(at("membership", made.pk)).content.decode()
    )


def test_an_empty_application_is_asked_for_a_line(world, opened, as_):
    answer = as_(world.sam).post(at("application_new", opened.pk), {"why": "  "})
    assert "is empty. Fill it in." in answer.content.decode()
    assert not world.sam.memberships.exists()


def test_after_the_last_day_the_page_says_so_and_takes_nothing(world, opened, as_, now):
    opened.applications_close_on = timezone.localdate() - timedelta(days=1)
    opened.save()
    browser = as_(world.sam)
    page = browser.get(at("application_new", opened.pk)).content.decode()
    assert "takes no applications now" in page
    assert browser.post(at("application_new", opened.pk), {"why": WHY}).status_code == 403
    assert opened.name not in browser.get(reverse("cohorts:open_cohorts")).content.decode()
    with pytest.raises(Refused, match="takes no applications now"):
        applications.apply(cohort=opened, why=WHY, by=world.sam, at=timezone.now())


def test_on_the_last_day_itself_one_may_apply(world, opened):
    moment = timezone.now()
    opened.applications_close_on = timezone.localdate(moment)
    opened.save()
    assert applications.apply(cohort=opened, why=WHY, by=world.sam, at=moment).state == "applied"


def test_a_cohort_that_never_opened_is_invisible(world, as_):
    assert as_(world.sam).get(at("application_new", world.cohort.pk)).status_code == 404


@pytest.mark.parametrize(
    "state", ["invited", "applied", "awaiting_manager", "active", "paused", "alumni"]
)
def test_who_has_a_place_is_led_to_it(state, world, opened, as_, now):
    place = make_member(opened, world.sam, state)
    page = as_(world.sam).get(at("application_new", opened.pk)).content.decode()
    assert at("membership", place.pk) in page
    with pytest.raises(Refused, match="a place in Eastmere one already"):
        applications.apply(cohort=opened, why=WHY, by=world.sam, at=now)


def test_it_is_changed_until_somebody_has_opened_it(world, opened, as_, now):
    made = make_member(opened, world.sam, "applied")
    edit = at("application_edit", made.pk)
    as_(world.sam).post(edit, {"why": WHY})
    made.refresh_from_db()
    assert made.why == WHY
    as_(world.cas).get(at("memberships", opened.pk))
    assert as_(world.sam).get(edit).status_code == 200
    assert WHY in as_(world.cas).get(at("membership", made.pk)).content.decode()
    made.refresh_from_db()
    assert made.looked_by == world.cas
    refused = as_(world.sam).get(edit)
    assert refused.status_code == 403
    assert "Cas Mendes has opened your application" in refused.content.decode()
    with pytest.raises(Refused, match="stays as it was read"):
        applications.rewrite(membership=made, why="Other.", by=world.sam, at=now)


def test_its_applicant_and_a_head_request_do_not_count_as_opening_it(world, opened, as_):
    made = make_member(opened, world.sam, "applied")
    as_(world.sam).get(at("membership", made.pk))
    as_(world.cas).head(at("membership", made.pk))
    made.refresh_from_db()
    assert made.looked_at is None


def test_a_no_needs_words_which_the_applicant_reads(world, opened, as_, now):
    made = make_member(opened, world.sam, "applied")
    with pytest.raises(ValidationError, match="Say why"):
        applications.turn_down(membership=made, words=" ", by=world.cas, at=now)
    step = at("membership_step", made.pk)
    again = as_(world.cas).post(step, {"step": "turn_down", "words": ""})
    assert "Say why, and what might suit them better" in again.content.decode()
    as_(world.cas).post(step, {"step": "turn_down", "words": "The spring one is nearer to you."})
    made.refresh_from_db()
    assert made.was_turned_down
    assert heard("membership.turned_down") == {world.sam}
    page = as_(world.sam).get(at("membership", made.pk)).content.decode()
    assert "Cas Mendes answered you: not this time." in page
    assert "The spring one is nearer to you." in page
    with pytest.raises(Refused, match="Cas Mendes has answered you"):
        applications.apply(cohort=opened, why=WHY, by=world.sam, at=now)


def test_asked_in_after_a_no_the_answer_no_longer_counts(world, opened, now):
    made = make_member(
        opened, world.sam, "withdrawn", answer="Not now.", answered_at=now, answered_by=world.cas
    )
    asked = memberships.ask_again(membership=made, by=world.cas, at=now)
    assert (asked.state, asked.answer, asked.was_turned_down) == ("invited", "", False)
    assert heard("membership.asked") == {world.sam}


def test_who_took_it_back_may_apply_again(world, opened, now, as_):
    made = make_member(opened, world.sam, "applied")
    memberships.withdraw(membership=made, by=world.sam, at=now)
    assert "Apply again" in as_(world.sam).get(at("membership", made.pk)).content.decode()
    again = applications.apply(cohort=opened, why=WHY, by=world.sam, at=now)
    assert (again.pk, again.state, again.why) == (made.pk, "applied", WHY)


def test_the_second_who_answers_reads_who_did(world, opened, now):
    make_member(opened, world.dee, "active", role="facilitator")
    made = make_member(opened, world.sam, "applied")
    applications.accept(membership=made, by=world.cas, at=now)
    dee = type(world.dee).objects.get(pk=world.dee.pk)
    with pytest.raises(WrongState, match="Cas Mendes has already accepted this"):
        applications.turn_down(membership=made, words="No.", by=dee, at=now)
    taken_back = make_member(opened, world.lee, "withdrawn")
    with pytest.raises(WrongState, match="Lee Whitaker has taken this application back"):
        applications.accept(membership=taken_back, by=dee, at=now)


def test_nobody_answers_their_own(world, opened, now, as_):
    other = type(opened).objects.create(
        name="Two", starts=opened.starts, applications_close_on=opened.applications_close_on
    )
    own = applications.apply(cohort=other, why=WHY, by=world.cas, at=timezone.now())
    with pytest.raises(Refused, match="Nobody decides about their own place"):
        applications.accept(membership=own, by=world.cas, at=now)
    assert (
        "Accept this application"
        not in as_(world.cas).get(at("membership", own.pk)).content.decode()
    )


def test_staff_read_them_oldest_first_page_by_page(world, opened, as_, now):
    names = [f"Worker {number:02}" for number in range(30)]
    for number, name in enumerate(names):
        make_member(
            opened, make_person(name=name), "applied", state_at=now + timedelta(hours=number)
        )
    browser = as_(world.cas)
    first = browser.get(at("memberships", opened.pk))
    assert [place.person.name for place, _ in first.context["rows"]] == names[:25]
    after = first.context["page"].after
    second = browser.get(at("memberships", opened.pk), {"after": after, "state": "applied"})
    assert [place.person.name for place, _ in second.context["rows"]] == names[25:]
    forged = browser.get(at("memberships", opened.pk), {"after": "forged"})
    assert [place.person.name for place, _ in forged.context["rows"]] == names[:25]


def test_thirty_applications_cost_no_more_queries_than_one(world, opened, as_):
    browser = as_(world.cas)

    def count(path):
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(path).status_code == 200
        return len(queries)

    one = make_member(opened, world.sam, "applied")
    paths = [
        at("memberships", opened.pk),
        at("membership", one.pk),
        reverse("cohorts:open_cohorts"),
    ]
    for path in paths:
        browser.get(path)
    before = [count(path) for path in paths]
    for _ in range(29):
        make_member(opened, make_person(), "applied")
    assert [count(path) for path in paths] == before
    assert max(before) <= 9, before


def test_opening_a_cohort_says_what_it_is_and_until_when(world, as_):
    browser = as_(world.cas)
    url = at("cohort_opening", world.cohort.pk)
    day = timezone.localdate() + timedelta(days=30)
    browser.post(url, {"about": "A year.", "asks": "A day a month.", "close_on": day.isoformat()})
    world.cohort.refresh_from_db()
    assert world.cohort.is_open(timezone.localdate())
    late = browser.post(url, {"about": "A.", "asks": "B.", "close_on": "2999-01-01"})
    assert "within the next two years" in late.content.decode()
    browser.post(url, {"about": "A year.", "asks": "A day.", "close_on": ""})
    world.cohort.refresh_from_db()
    assert not world.cohort.is_open(timezone.localdate())


def test_an_application_without_why_is_refused_by_postgresql(world, opened):
    from django.db import IntegrityError, transaction

    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(
            cohort=opened, person=world.sam, state="applied", joined_at=timezone.now()
        )


def test_what_one_wrote_is_in_ones_download(world, opened):
    from cohorts.personal_data import tell

    make_member(opened, world.sam, "applied", why=WHY)
    told = {section.key: list(section.rows) for section in tell(world.sam)}
    assert told["cohorts"][0]["why you would like to take part"] == WHY
