from __future__ import annotations

from datetime import date
from types import SimpleNamespace

from cohorts.models import (
    Cohort,
    Deputyship,
    Membership,
    Organisation,
    Person,
    Place,
    Post,
    Service,
    Theme,
)

from .memberships import JOINED, let_stand


def build_world() -> SimpleNamespace:
    """The cast, in a council and a charity. Built the same every time.

    Ana has an agreement with Mo, and Zed, who has no line manager, one with Cas: their places in the
    cohort rest on these (tests.factories.memberships.without_agreement takes them away)."""
    eastmere, northby = (Place.objects.create(name=name) for name in ("Eastmere", "Northby"))
    themes = [
        Theme.objects.create(name=name, slug=slug)
        for name, slug in (
            ("Move-on housing", "move-on-housing"),
            ("Prison release", "prison-release"),
        )
    ]
    council = Organisation.objects.create(name="Eastmere Council")
    charity = Organisation.objects.create(name="Northby Doorway")
    outreach = Service.objects.create(organisation=council, name="Street outreach", place=eastmere)
    board = Service.objects.create(organisation=council, name="Council services", place=eastmere)
    hostel = Service.objects.create(organisation=charity, name="Canal Street hostel", place=northby)
    programme = Service.objects.create(organisation=charity, name="Programme team", place=northby)

    def person(name: str, email: str, **fields) -> Person:
        return Person.objects.create_user(email, name=name, joined_at=JOINED, **fields)

    def post(who: Person, service: Service, title: str, kind: str, manager: Person | None = None):
        return Post.objects.create(
            person=who,
            service=service,
            title=title,
            kind=kind,
            line_manager=manager,
            started=date(2024, 1, 8),
        )

    mo = person("Mo Rahman", "mo@example.org")
    dee = person("Dee Hughes", "dee@example.org")
    ana = person("Ana Okafor", "ana@example.org")
    lee = person("Lee Whitaker", "lee@example.org")
    cas = person("Cas Mendes", "cas@example.org")
    sam = person("Sam", "sam@example.org")
    zed = person("Zed Kowalski", "zed@example.org")
    ada = person("Ada Lindqvist", "ada@example.org", is_staff=True, is_superuser=True)
    ended = person("Eve Stone", "eve@example.org", is_active=False)
    post(mo, outreach, "Outreach manager", Post.Kind.MANAGER)
    post(dee, outreach, "Senior outreach worker", Post.Kind.MANAGER)
    post(ana, outreach, "Outreach worker", Post.Kind.FRONTLINE, mo)
    post(lee, board, "Head of council services", Post.Kind.LEADER)
    post(cas, programme, "Convenor", Post.Kind.PROGRAMME)
    post(zed, hostel, "Hostel worker", Post.Kind.FRONTLINE)
    Deputyship.objects.create(
        person=mo, deputy=dee, starts=date(2026, 3, 9), ends=date(2026, 3, 20)
    )
    cohort = Cohort.objects.create(name="Eastmere one", place=eastmere, starts=date(2025, 9, 1))
    let_stand(ana, mo)
    let_stand(zed, cas)
    for who, role in (
        (ana, Membership.Role.PARTICIPANT),
        (zed, Membership.Role.PARTICIPANT),
        (cas, Membership.Role.FACILITATOR),
    ):
        Membership.objects.create(
            cohort=cohort,
            person=who,
            role=role,
            state=Membership.State.ACTIVE,
            joined_at=JOINED,
            state_at=JOINED,
        )
    return SimpleNamespace(
        **{k: v for k, v in locals().items() if k not in ("person", "post", "who", "role")}
    )
