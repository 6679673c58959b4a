"""A voice can be read exactly when a consent that lasts names that reader: a thousand histories of
consents, and a machine that takes every step through the actions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from cohorts.models import Person
from labs.actions.voices import carrying, checking, consenting, keeping
from labs.consent_words import Scope
from labs.models import Voice
from labs.receipts import digest, draw
from tests.factories.leader_requests import make_leader
from tests.factories.voices import make_board

pytestmark = pytest.mark.django_db
BEGAN = date(2026, 3, 10)
HISTORIES = 1000
READERS = ("ana", "mo", "dee", "lee", "cas", "sam", "zed", "ada", "ruth")


@dataclass(frozen=True)
class Said:
    """One step of a history: a consent given, or taken back, some days after the step before."""

    after: int
    lasts: int = 0
    leaders: frozenset[str] = frozenset()
    boards: frozenset[str] = frozenset()
    services: frozenset[str] = frozenset()
    everyone: bool = False
    taken_back: bool = False


@dataclass
class Known:
    """What has to hold, worked out without the database."""

    day: date
    standing: Said | None = None
    until: date | None = None
    on_its_way: bool = True
    gone: bool = False

    def take(self, said: Said) -> None:
        self.day += timedelta(days=said.after)
        if self.gone:
            return
        if said.taken_back:
            self.gone, self.standing = True, None
        else:
            self.standing, self.until = said, self.day + timedelta(days=said.lasts)

    def readers(self, day: date) -> set[str]:
        said = self.standing
        if said is None or self.until is None or not self.day <= day <= self.until:
            return set()
        close = {"ana", "cas"}  # who carries it, and programme staff
        if not self.on_its_way:
            return close
        named = set(READERS) if said.everyone else set()
        if "lee" in said.leaders:
            named.add("lee")
        if "housing" in said.boards:  # Ruth answers for it, Zed, who leads on nights, sits on it
            named |= {"ruth", "zed"}
        if "outreach" in said.services:
            named |= {"ana", "mo", "dee"}
        if "hostel" in said.services:
            named |= {"zed"}
        return close | named


given_consent = st.builds(
    Said,
    after=st.integers(0, 9),
    lasts=st.integers(0, 12),
    leaders=st.frozensets(st.sampled_from(["lee"])),
    boards=st.frozensets(st.sampled_from(["housing"])),
    services=st.frozensets(st.sampled_from(["outreach", "hostel"])),
    everyone=st.booleans(),
)
taken_back = st.builds(Said, after=st.integers(0, 9), taken_back=st.just(True))
histories = st.tuples(
    st.lists(given_consent, min_size=1, max_size=4), st.none() | taken_back, st.booleans()
)


@pytest.fixture
def ears(world):
    """Whom a consent can name."""
    lee = make_leader(world.lee)
    ruth = Person.objects.create_user("ruth@example.org", name="Ruth Calloway")
    housing = make_board(
        make_leader(ruth, name="Ruth Calloway", email="ruth@example.org"),
        members=[make_leader(world.zed, name="Zed Kowalski", email="zed@example.org")],
    )
    return SimpleNamespace(
        world=world,
        lee=lee,
        leaders={"lee": lee},
        boards={"housing": housing},
        services={"outreach": world.outreach, "hostel": world.hostel},
        readers={name: getattr(world, name, ruth) for name in READERS},
    )


def scope(said: Said, until: date, ears) -> Scope:
    return Scope(
        until=until,
        leaders=tuple(ears.leaders[name] for name in said.leaders),
        boards=tuple(ears.boards[name] for name in said.boards),
        services=tuple(ears.services[name] for name in said.services),
        everyone=said.everyone,
        to_learn=said.everyone,
    )


def noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))


def test_a_thousand_histories(ears, capsys):
    """Written by what the actions write with, then read by everybody on every day that follows."""
    told: list = []

    @settings(
        max_examples=HISTORIES,
        database=None,
        derandomize=True,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(histories)
    def collect(history):
        told.append(history)

    collect()
    told = told[:HISTORIES]
    world, known = ears.world, {}
    with transaction.atomic():
        for consents, ended, on_its_way in told:
            voice = Voice.objects.create(
                way="carried",
                words="Heard.",
                leader=ears.lee,
                carried_by=world.ana,
                told_on=BEGAN,
                receipt_hash=digest(draw()),
                state="sent" if on_its_way else "checking",
                sent_on=BEGAN if on_its_way else None,
                checked_by=world.cas if on_its_way else None,
            )
            known[voice.pk] = one = Known(BEGAN, on_its_way=on_its_way)
            for said in [*consents, *([ended] if ended else [])]:
                one.take(said)
                if said.taken_back:
                    consenting.erase(voice, noon(one.day))
                else:
                    until = one.day + timedelta(days=said.lasts)
                    keeping.give(
                        voice,
                        scope(said, until, ears),
                        how="spoken",
                        taken_by=world.ana,
                        at=noon(one.day),
                    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE labs_voice, labs_consent")
    last = max(one.day for one in known.values()) + timedelta(days=14)
    days = [BEGAN + timedelta(days=number) for number in range((last - BEGAN).days + 1)]
    readings = read = 0
    for day in days:
        due = {
            pk for pk, one in known.items() if one.day <= day
        }  # a day before its last step is past
        for name, person in ears.readers.items():
            seen = set(Voice.objects.visible_to(person, day).values_list("pk", flat=True)) & due
            wanted = {pk for pk in due if name in known[pk].readers(day)}
            assert seen == wanted, (name, day)
            readings, read = readings + len(due), read + len(seen)
    with capsys.disabled():
        print(
            f"\nconsent: {len(known):,} histories, {readings:,} readings by {len(READERS)} people, "
            f"{read:,} allowed, every one as consent says"
        )
    assert len(known) == HISTORIES
    assert 0 < read < readings


def test_every_step_through_the_actions(ears):
    """Narrowed, widened, run out, taken back: read by everybody after each step."""
    world = ears.world

    class Consents(RuleBasedStateMachine):
        def __init__(self) -> None:
            super().__init__()
            self.outer = transaction.atomic()
            self.outer.__enter__()
            said = Said(0, 8, leaders=frozenset(["lee"]))
            self.known = Known(BEGAN, on_its_way=False)
            self.known.take(said)
            self.voice, _ = carrying.carry(
                words="Heard.",
                leader=ears.lee,
                service=world.outreach,
                scope=scope(said, BEGAN + timedelta(days=8), ears),
                how="spoken",
                by=world.ana,
                at=noon(BEGAN),
            )
            self.day = BEGAN

        def teardown(self) -> None:
            transaction.set_rollback(True)
            self.outer.__exit__(None, None, None)

        @rule(days=st.integers(1, 6))
        def time_passes(self, days: int) -> None:
            self.day += timedelta(days=days)

        @precondition(
            lambda self: not self.known.on_its_way and "cas" in self.known.readers(self.day)
        )
        @rule()
        def is_sent_on(self) -> None:
            checking.send_on(voice=self.voice, by=world.cas, at=noon(self.day))
            self.known.on_its_way = True

        @precondition(lambda self: not self.known.gone)
        @rule(said=given_consent)
        def is_asked_anew(self, said: Said) -> None:
            until = self.day + timedelta(days=said.lasts)
            wanted = scope(said, until, ears)
            act = {"voice": self.voice, "how": "spoken", "by": world.ana, "at": noon(self.day)}
            if "lee" not in said.leaders or (said.services and not said.everyone):
                with pytest.raises(ValidationError), transaction.atomic():
                    consenting.renew(scope=wanted, **act)
                return
            consenting.renew(scope=wanted, **act)
            self.known.day = self.day
            self.known.take(replace(said, after=0))

        @precondition(lambda self: not self.known.gone)
        @rule()
        def is_taken_back(self) -> None:
            consenting.take_back(voice=self.voice, by=world.ana, at=noon(self.day))
            self.known.take(Said(0, taken_back=True))

        @invariant()
        def is_read_by_whom_consent_names(self) -> None:
            for name, person in ears.readers.items():
                seen = Voice.objects.visible_to(person, self.day).filter(pk=self.voice.pk)
                assert seen.exists() == (name in self.known.readers(self.day)), name

    run_state_machine_as_test(
        Consents,
        settings=settings(
            max_examples=12,
            stateful_step_count=6,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )
