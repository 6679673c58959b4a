"""Who decides while a manager is away."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from cohorts.actions import deputyships
from cohorts.models import Deputyship
from systemschangers.kernel.models import Letter, Notification
from systemschangers.kernel.policy import Refused


def days(first: int, last: int) -> dict[str, date]:
    today = timezone.localdate()
    return {"starts": today + timedelta(days=first), "ends": today + timedelta(days=last)}


def test_the_deputy_is_told(lee, dee, now):
    deputyships.name_deputy(deputy=dee, **days(1, 5), by=lee, at=now)
    assert Notification.objects.get().recipient == dee


def test_a_worker_names_none(ana, dee, now):
    with pytest.raises(Refused, match="don’t decide for others"):
        deputyships.name_deputy(deputy=dee, **days(1, 5), by=ana, at=now)


@pytest.mark.parametrize(("first", "last"), [(5, 9), (1, 1), (5, 5), (-3, 20), (0, 1)])
def test_days_that_overlap_are_refused_by_the_database_too(first, last, lee, dee, mo, now):
    deputyships.name_deputy(deputy=dee, **days(1, 5), by=lee, at=now)
    with pytest.raises(ValidationError, match="already have a deputy"):
        deputyships.name_deputy(deputy=mo, **days(first, last), by=lee, at=now)


def test_the_day_after_is_free_and_so_are_days_called_off(lee, dee, mo, now):
    first = deputyships.name_deputy(deputy=dee, **days(1, 5), by=lee, at=now)
    deputyships.name_deputy(deputy=mo, **days(6, 7), by=lee, at=now)
    deputyships.call_off(deputyship=first, by=lee, at=now)
    assert deputyships.name_deputy(deputy=mo, **days(1, 5), by=lee, at=now)


def test_calling_off_twice_or_by_the_deputy_is_refused(lee, dee, now):
    named = deputyships.name_deputy(deputy=dee, **days(1, 5), by=lee, at=now)
    with pytest.raises(Refused, match="Only Lee Whitaker"):
        deputyships.call_off(deputyship=named, by=dee, at=now)
    deputyships.call_off(deputyship=named, by=lee, at=now)
    with pytest.raises(Refused, match="already called off"):
        deputyships.call_off(deputyship=named, by=lee, at=now)


def test_lee_names_a_deputy_on_the_page_by_address(lee, dee, as_):
    given = {"deputy": "DEE@example.org"} | {k: v.isoformat() for k, v in days(1, 5).items()}
    response = as_(lee).post(reverse("cohorts:deputyships"), given, follow=True)
    assert "Dee Hughes is your deputy" in response.content.decode()
    assert Deputyship.objects.filter(person=lee, deputy=dee).exists()


@pytest.mark.parametrize(
    ("changes", "field", "says"),
    [
        ({"deputy": "Lee Whitaker"}, "deputy", "somebody else"),
        ({"deputy": "Nobody"}, "deputy", "Nobody here"),
        ({"deputy": "eve@example.org"}, "deputy", "Nobody here"),
        ({"deputy": ""}, "deputy", "is empty"),
        ({"starts": "2020-01-01"}, "starts", "in the past"),
        ({"ends": "2020-01-01"}, "ends", "before the first"),
        ({"ends": "9999-12-31"}, "ends", "a year at most"),
        ({"starts": "soon"}, "starts", "day we can read"),
    ],
)
def test_what_is_wrong_is_said_in_words(changes, field, says, lee, as_):
    given = {"deputy": "Dee Hughes"} | {k: v.isoformat() for k, v in days(1, 5).items()}
    response = as_(lee).post(reverse("cohorts:deputyships"), given | changes)
    assert says in str(response.context["form"].errors[field])


def test_the_form_says_whose_days_overlap(lee, dee, as_, now):
    deputyships.name_deputy(deputy=dee, **days(1, 5), by=lee, at=now)
    given = {"deputy": "Mo Rahman"} | {k: v.isoformat() for k, v in days(3, 4).items()}
    response = as_(lee).post(reverse("cohorts:deputyships"), given)
    assert "Dee Hughes is already your deputy from" in response.content.decode()


def test_two_people_of_one_name_are_told_apart_by_address(lee, dee, as_):
    from tests.factories.cohorts import make_person

    make_person(name="Dee Hughes")
    given = {"deputy": "dee hughes"} | {k: v.isoformat() for k, v in days(1, 5).items()}
    response = as_(lee).post(reverse("cohorts:deputyships"), given)
    assert "More than one person" in str(response.context["form"].errors["deputy"])


def test_the_letter_to_the_deputy_names_the_days(lee, dee, now):
    from systemschangers.kernel.letters import write_about

    deputyships.name_deputy(
        deputy=dee, starts=date(2026, 3, 20), ends=date(2026, 3, 27), by=lee, at=now
    )
    notification = Notification.objects.get(recipient=dee)
    write_about(notification.event, [dee.pk], at=now)
    letter = Letter.objects.get(recipient=dee)
    assert letter.subject == "Lee Whitaker has named you as deputy from 20 March to 27 March."


@pytest.mark.django_db(transaction=True)
def test_two_deputies_for_one_day_at_the_same_moment_make_one(world, now):
    start, outcomes = Barrier(2), []

    def name(deputy):
        try:
            start.wait()
            outcomes.append(
                deputyships.name_deputy(deputy=deputy, **days(1, 5), by=world.lee, at=now)
            )
        except ValidationError as refused:
            outcomes.append(refused)
        finally:
            connection.close()

    threads = [Thread(target=name, args=[who]) for who in (world.dee, world.mo)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert Deputyship.objects.filter(person=world.lee).count() == 1
    assert sum(isinstance(outcome, ValidationError) for outcome in outcomes) == 1
