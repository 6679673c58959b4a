"""A town with a year of everything that is counted, and the same as plain rows: what was done, by whom,
where, when, and of which part. What a figure should be is counted from these rows, without a line of
the site's own sums."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from cohorts.models import (
    Borrowing,
    Commitment,
    LeaderRequest,
    ManagerAgreement,
    Person,
    TimeRequest,
)
from labs.models import Barrier, ChangeClaim, ToldBack, Voice
from tests.factories.impact_labs import work_together
from tests.factories.peer_meetings import make_peer_meeting
from wins.models import Measure, Outcome, Ripple, Story, Substantiation, Win
from wins.pulse_words import SHORT_WORDS

NOBODY = -1


@dataclass(frozen=True)
class Row:
    """`parts` are of each split the labels it counts under. Nobody's are counted for everyone alone."""

    what: str
    author: int
    service: int | None
    cohort: int | None
    on: date
    amount: Decimal = Decimal(1)
    parts: dict[str, frozenset[str]] = field(default_factory=dict)


class Year:
    """Writes things of chance, and keeps what they are as rows."""

    def __init__(self, town: Any, chance: Random) -> None:
        self.town, self.chance, self.rows = town, chance, []

    def somebody(self) -> Person:
        return self.chance.choice(self.town.people)

    def day(self) -> datetime:
        return datetime(2026, self.chance.randint(1, 9), self.chance.randint(1, 19), 9, tzinfo=UTC)

    def note(self, what: str, who: Person | None, on: datetime, **parts: str) -> None:
        home = self.town.homes[self.town.people.index(who)].pk if who else None
        self.rows.append(
            Row(
                what,
                who.pk if who else NOBODY,
                home,
                self.town.cohort_of.get(who.pk) if who else None,
                on.date(),
                parts={split: frozenset([label]) for split, label in parts.items()},
            )
        )

    def wins(self, many: int) -> None:
        wins, rows, ties = [], [], []
        for _ in range(many):
            place = self.chance.randrange(len(self.town.people))
            person, at = self.town.people[place], self.day()
            win = Win(
                author=person, service=self.town.homes[place],
                cohort_id=self.town.cohort_of.get(person.pk), what_happened="It worked.",
                lens=self.chance.choice(("", "me", "organisation", "system")),
                depth=self.chance.choice(("", "one_off", "flex")),
                condition=self.chance.choice((None, 2, 6, 10)),
                visibility="everyone", state="logged", made_at=at, logged_at=at, touched_at=at,
            )  # fmt: skip
            themes = self.chance.sample(self.town.themes, self.chance.choice((0, 1, 1, 2)))
            wins.append(win)
            ties.append(themes)
            parts = {
                "lens": frozenset([Win.Lens(win.lens).label if win.lens else "not said"]),
                "depth": frozenset([Win.Depth(win.depth).label if win.depth else "not said"]),
                "condition": frozenset([SHORT_WORDS.get(win.condition, "not said")]),
                "theme": frozenset(theme.name for theme in themes),
            }
            rows.append(
                Row("Small wins shared", person.pk, win.service_id, win.cohort_id, at.date(),
                    parts=parts)
            )  # fmt: skip
        Tie = Win.themes.through
        made = Win.objects.bulk_create(wins)
        Tie.objects.bulk_create(
            Tie(win=win, theme=theme)
            for win, themes in zip(made, ties, strict=True)
            for theme in themes
        )
        self.rows += rows
        self.made_wins = made

    def barriers(self, many: int) -> None:
        found = []
        for _ in range(many):
            way = self.chance.choice(("named", "named", "hidden", "anonymous"))
            who, on = self.somebody(), self.day()
            fixed = self.chance.random() < 0.5
            named = way == "named"
            found.append(
                Barrier(
                    what="A form.", way=way, raised_by=None if way == "anonymous" else who,
                    service=self.town.homes[self.town.people.index(who)] if named else None,
                    state="fixed" if fixed else "raised", shown_on=on.date(),
                    week=on.date() - timedelta(days=on.weekday()),
                    changed_on=on.date() if fixed else None,
                    asked_on=on.date() + timedelta(weeks=4) if fixed else None,
                    receipt_hash=str(len(found)) if way == "anonymous" else None,
                )
            )  # fmt: skip
            self.note("Barriers raised", who if named else None, on)
            if fixed:
                self.note("Barriers fixed", who if named else None, on)
        Barrier.objects.bulk_create(found)

    def time(self, many: int) -> None:
        found, busy = [], set()
        for _ in range(many):
            who, on = self.somebody(), self.day()
            if (who, on) in busy:
                continue  # nobody is in two places at a time
            busy.add((who, on))
            state, hours = self.chance.choice(("taken", "lost")), self.chance.randint(1, 3)
            found.append(
                TimeRequest(
                    worker=who, manager=self.town.mo, purpose="stand_back", starts_at=on,
                    ends_at=on + timedelta(hours=hours), state=state, asked_at=on, decided_at=on,
                    decided_by=self.town.mo, told_at=on,
                )
            )  # fmt: skip
            self.note("Hours taken" if state == "taken" else "Hours lost to cover", who, on)
            self.rows[-1] = Row(**self.rows[-1].__dict__ | {"amount": Decimal(hours)})
        TimeRequest.objects.bulk_create(found)

    def agreements(self, many: int) -> None:
        """Each from its month on, up to the month it is."""
        found = []
        for who in self.chance.sample(self.town.people, min(many, len(self.town.people))):
            on, hours = self.day(), self.chance.choice((4, 8))
            found.append(
                ManagerAgreement(
                    worker=who, manager=self.town.mo, hours_a_month=hours, cover="Dee.",
                    gives_back="A talk.", review_on=date(2027, 9, 30), state="agreed",
                    proposed_at=on, decided_at=on, decided_by=self.town.mo, agreed_at=on,
                )
            )  # fmt: skip
            for month in range(on.month, 10):
                self.note("Hours agreed", who, on.replace(month=month))
                self.rows[-1] = Row(**self.rows[-1].__dict__ | {"amount": Decimal(hours)})
        ManagerAgreement.objects.bulk_create(found)

    def requests(self, many: int) -> None:
        for _ in range(many):
            who, on = self.somebody(), self.day()
            state = self.chance.choice(("awaiting_leader", "declined_by_leader", "followed_up"))
            request = LeaderRequest.objects.create(
                worker=who, manager=self.town.mo, leader=self.town.leader, state=state,
                purpose="To show it.", question="Who can?", hours=2, made_at=on, waiting_since=on,
                manager_decided_at=on, manager_decided_by=self.town.mo, reached_leader_at=on,
                meets_at=on if state == "followed_up" else None,
                notes="We spoke." if state == "followed_up" else "",
            )  # fmt: skip
            waits = state == "awaiting_leader"
            answered = "not answered yet" if waits else "answered by the leader"
            self.note("Requests to leaders", who, on, answered=answered)
            if state == "followed_up":
                kept = self.chance.choice(("open", "kept"))
                Commitment.objects.create(
                    request=request, words="Ask.", due_on=on.date(), made_at=on, state=kept,
                    state_at=None if kept == "open" else on,
                )  # fmt: skip
                self.note("Promises that fell due", who, on, kept=kept)

    def voices(self, many: int) -> None:
        words = {
            "waiting": "no word yet",
            "received": "received, no answer yet",
            "answered": "answered, not told back yet",
            "told_back": "answered, and told back",
        }
        states = {"waiting": "sent", "received": "acknowledged"}
        for n in range(many):
            who, on = self.somebody(), self.day()
            how = self.chance.choice(list(words))
            voice = Voice.objects.create(
                way="carried", words="They moved it.", carried_by=who, leader=self.town.leader,
                state=states.get(how, "answered"), told_on=on.date(), sent_on=on.date(),
                checked_by=self.town.cas, receipt_hash=f"v{n}",
            )  # fmt: skip
            self.note("Voices sent on", who, on, voice=words[how])
            if how == "told_back":
                ToldBack.objects.create(voice=voice, on=on.date(), how="met", by=who)
            if how == "answered":
                ChangeClaim.objects.create(
                    voice=voice, words="A call.", state="made", made_on=on.date()
                )
                self.note("Changes after a voice", who, on, claim="made, not yet confirmed")

    def led_to(self, many: int) -> None:
        """Ripples, outcomes, stories, measures and borrowed practices."""
        for _ in range(many):
            who, on = self.somebody(), self.day()
            worth, change = (
                self.chance.choice(("", "good")),
                self.chance.choice(("", "transitional")),
            )
            Ripple.objects.create(
                root=f"practice-{self.town.practice.pk}", practice=self.town.practice, what="So.",
                happened_on=on.date(), told_by=who, told_at=on, worth=worth, change=change,
            )  # fmt: skip
            told = {"worth": worth or "not said", "change": change or "not said"}
            self.note("Ripples told", who, on, **told)
            self._outcome(self.somebody(), self.day())
        for who in self.chance.sample(self.town.people, min(many, len(self.town.people))):
            on = self.day()
            Story.objects.create(
                author=who, title="I stay", words="So.", state="published", made_at=on,
                published_at=on,
            )  # fmt: skip
            self.note("Stories told", who, on)
            on, state = self.day(), self.chance.choice(("borrowing", "kept"))
            Borrowing.objects.create(
                practice=self.town.practice, person=who, state=state, since=on,
                service=self.town.homes[self.town.people.index(who)],
                told_at=None if state == "borrowing" else on,
                words="" if state == "borrowing" else "It went well.",
            )  # fmt: skip
            label = Borrowing.State(state).label
            self.note("Practices borrowed", who, on, borrowed=label)
        for win in self.chance.sample(self.made_wins, min(many, len(self.made_wins))):
            on = self.day()
            Measure.objects.create(
                win=win,
                counted="calls",
                unit="calls",
                better="less",
                definition="Each.",
                made_at=on,
            )
            who = next(one for one in self.town.people if one.pk == win.author_id)
            self.note("Measures begun", who, on)

    def meetings(self, many: int) -> None:
        for _ in range(many):
            on, both = self.day(), self.chance.sample(self.town.people, 2)
            make_peer_meeting(*both, at=on, state="held", meets_at=on)
            for who in both:
                self.note("Meetings with peers", who, on)

    def _outcome(self, who: Person, on: datetime) -> None:
        verdicts = self.chance.choice(((), ("agree",), ("agree", "partly"), ("disagree", "agree")))
        outcome = Outcome.objects.create(
            author=who, actor="The office", kind="practice", what="They ring.", where="Here",
            changed_on=on.date(), significance="Much.", contribution="shared",
            how_we_helped="We asked.", evidence="Calls.", made_at=on, formulated_at=on,
            state="substantiated" if verdicts else "formulated",
            substantiated_at=on if verdicts else None,
        )  # fmt: skip
        for verdict in verdicts:
            Substantiation.objects.create(
                outcome=outcome, name="Noor", connection="works there", state="answered",
                asked_by=who, asked_at=on, answered_at=on, verdict=verdict,
            )  # fmt: skip
        said = "nobody else has said yet"
        if verdicts:
            said = "others who know of it agree"
        if "partly" in verdicts:
            said = "somebody agrees in part"
        if "disagree" in verdicts:
            said = "somebody does not agree"
        told = {"checked": said, "actor": "practice"}
        self.note("Outcomes", who, on, **told)


def rows_of_the_cast(town: Any) -> list[Row]:
    """The one thing the cast did: managers agreed to hours for some."""
    found = []
    for one in ManagerAgreement.objects.exclude(worker__in=town.people).select_related("worker"):
        home = one.worker.posts.get(ended=None).service_id
        joined = one.worker.memberships.filter(state__in=["active", "alumni"]).first()
        first = one.agreed_at.month if one.agreed_at.year == 2026 else 1
        for month in range(first, 10):
            on, hours = date(2026, month, 1), Decimal(one.hours_a_month)
            cohort = joined.cohort_id if joined else None
            found.append(Row("Hours agreed", one.worker_id, home, cohort, on, hours))
    return found


def live_a_year(town: Any, seed: int, many: int) -> list[Row]:
    """`many` wins, and a third as many of everything else."""
    year = Year(town, Random(seed))
    year.rows += rows_of_the_cast(town)
    year.wins(many)
    for live in (
        year.barriers,
        year.time,
        year.agreements,
        year.meetings,
        year.requests,
        year.voices,
        year.led_to,
    ):
        live(many // 3)
    work_together(year, many // 3)
    return year.rows
