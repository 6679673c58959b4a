"""The people everybody here knows by name: the same cast as in the tests and the notes."""

from __future__ import annotations

from dataclasses import dataclass

from cohorts.models import Person

from .ground import COUNCIL_SERVICES, HOSTEL, OUTREACH, PROGRAMME


@dataclass(frozen=True)
class Player:
    """`part` says in a few words who they are; without a team they have no post."""

    name: str
    email: str
    part: str
    team: str | None = None
    title: str = ""
    kind: str = ""
    manager: str | None = None
    about: str = ""
    administrator: bool = False


CAST = (
    Player("Ana Okafor", "ana@example.org", "frontline worker", OUTREACH, "Outreach worker",
           "frontline", "Mo Rahman",
           "I work the early shift with people who sleep out. I keep a list of rules that turn out to "
           "be habits."),
    Player("Mo Rahman", "mo@example.org", "Ana’s manager", OUTREACH, "Outreach manager",
           "manager", "Lee Whitaker",
           "Ten years an outreach worker, four a manager. I try to say yes first and work out how."),
    Player("Dee Hughes", "dee@example.org", "Mo’s deputy", OUTREACH, "Deputy outreach manager",
           "manager", "Mo Rahman", "I deputise for Mo and still do one street shift a week."),
    Player("Lee Whitaker", "lee@example.org", "leader", COUNCIL_SERVICES,
           "Head of council services", "leader", None,
           "Happy to be asked. Thursday mornings are best."),
    Player("Cas Mendes", "cas@example.org", "programme staff", PROGRAMME, "Convenor",
           "programme", None, "I bring cohorts together and look after the wall."),
    Player("Sam", "sam@example.org", "service user in a lab",
           about="I come to the lab on Wednesdays. I have lived in four hostels and have views."),
    Player("Zed Kowalski", "zed@example.org", "frontline worker of another organisation", HOSTEL,
           "Hostel worker", "frontline", "Wendy Asante",
           "Nights and weekends, mostly. I like quiet corridors and short forms."),
    Player("Ada Lindqvist", "ada@example.org", "administrator", administrator=True),
)  # fmt: skip


def introductions() -> list[str]:
    """A line for each of the cast who is here: “Ana Okafor · frontline worker, … · ana@…”."""
    here = set(
        Person.objects.here()
        .filter(email__in=[player.email for player in CAST])
        .values_list("email", flat=True)
    )
    return [
        f"{player.name} · {player.part}{', ' + player.team if player.team else ''} · {player.email}"
        for player in CAST
        if player.email in here
    ]
