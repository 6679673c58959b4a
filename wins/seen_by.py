"""Who will see a win, counted at the moment of writing: the choices, in words with their numbers."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.db.models import Count, F, Q, Value

from cohorts.models import Cohort, Membership, Person, Service
from wins.models import Win


@dataclass(frozen=True, slots=True)
class Choice:
    """One way of sharing. `count` is of people with an account, oneself among them."""

    visibility: str
    place: int | None
    name: str
    count: int

    @property
    def value(self) -> str:
        return f"{self.visibility}-{self.place}" if self.place else self.visibility

    @property
    def label(self) -> str:
        if self.visibility == Win.Visibility.ONLY_ME:
            return "Only me"
        if self.visibility == Win.Visibility.EVERYONE:
            return f"Everyone here ({_people(self.count)})"
        whose = "My service" if self.visibility == Win.Visibility.SERVICE else "My cohort"
        return f"{whose}, {self.name} ({_people(self.count)})"

    @property
    def who(self) -> str:
        """For a sentence that begins “Seen by”."""
        if self.visibility == Win.Visibility.ONLY_ME:
            return "only you"
        if self.visibility == Win.Visibility.EVERYONE:
            return f"everyone here: {_people(self.count)}"
        kind = "service" if self.visibility == Win.Visibility.SERVICE else "cohort"
        return f"the {kind} {self.name}: {_people(self.count)}"


def _people(count: int) -> str:
    return "only you so far" if count <= 1 else f"{count:,} people"


def choices(person: Person, win: Win | None = None) -> list[Choice]:
    """What this person may choose, narrowest last; with `win`, also what it has now. One query.

    A win keeps the service or cohort it was logged for, even when its author has moved on."""
    reach = person.reach
    services, cohorts = set(reach.services), set(reach.cohorts)
    if win is not None and win.visibility == Win.Visibility.SERVICE and win.service_id:
        services.add(win.service_id)
    if win is not None and win.visibility == Win.Visibility.COHORT and win.cohort_id:
        cohorts.add(win.cohort_id)
    found = [Choice(*row) for row in _counted(services, cohorts)]
    order = [Win.Visibility.SERVICE, Win.Visibility.COHORT, Win.Visibility.EVERYONE]
    found.sort(key=lambda choice: (order.index(Win.Visibility(choice.visibility)), choice.name))
    return [*found, Choice(Win.Visibility.ONLY_ME.value, None, "", 1)]


COLUMNS = ("shared_with", "which", "called", "many")


def _counted(services: set[int], cohorts: set[int]) -> models.QuerySet:
    working = Q(posts__ended=None, posts__person__is_active=True)
    taking_part = Q(memberships__state=Membership.State.ACTIVE, memberships__person__is_active=True)
    in_service = Service.objects.filter(pk__in=services).annotate(
        shared_with=Value(Win.Visibility.SERVICE.value),
        which=F("pk"),
        called=F("name"),
        many=Count("posts__person", filter=working, distinct=True),
    )
    in_cohort = Cohort.objects.filter(pk__in=cohorts).annotate(
        shared_with=Value(Win.Visibility.COHORT.value),
        which=F("pk"),
        called=F("name"),
        many=Count("memberships__person", filter=taking_part, distinct=True),
    )
    here = (
        Person.objects.known()
        .annotate(
            shared_with=Value(Win.Visibility.EVERYONE.value),
            which=Value(None, output_field=models.BigIntegerField()),
            called=Value(""),
        )
        .values("shared_with", "which", "called")
        .annotate(many=Count("pk"))
    )
    of_each = [rows.order_by().values_list(*COLUMNS) for rows in (in_service, in_cohort, here)]
    return of_each[0].union(*of_each[1:], all=True)


def current(choices: list[Choice], win: Win) -> Choice | None:
    """The choice that `win` has now."""
    place = {Win.Visibility.SERVICE: win.service_id, Win.Visibility.COHORT: win.cohort_id}
    for choice in choices:
        if choice.visibility == win.visibility and choice.place == place.get(
            Win.Visibility(win.visibility)
        ):
            return choice
    return None


def first_choice(choices: list[Choice], last: Win | None) -> Choice:
    """What a new win starts with: as the person shared last time, else their service, else their
    cohort, else only themselves: never wider than they have chosen themselves."""
    chosen = current(choices, last) if last else None
    if chosen:
        return chosen
    narrow = {Win.Visibility.SERVICE, Win.Visibility.COHORT}
    return next((choice for choice in choices if choice.visibility in narrow), choices[-1])
