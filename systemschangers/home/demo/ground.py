"""Where the demo's people work: invented places, organisations and services, real kinds of work."""

from __future__ import annotations

from dataclasses import dataclass

PLACES = ("Calderwick", "Eastmere", "Hollinsea", "Marlhaven", "Tillerbrook", "Wrenfield")

COUNCIL = "Eastmere Council"
TRUST = "Mere and Calder NHS Trust"
OPENLATCH = "Openlatch Housing"
PROBATION = "Calderwick Probation Unit"
STEPWATER = "Stepwater Drug and Alcohol Service"
HEARTHWAY = "Hearthway Women’s Refuge"
ORGANISATIONS = (COUNCIL, TRUST, OPENLATCH, PROBATION, STEPWATER, HEARTHWAY)


@dataclass(frozen=True)
class Team:
    """A service. `tells` are the kinds of story its people have; `jobs` their job titles."""

    name: str
    organisation: str
    place: str | None
    tells: frozenset[str]
    jobs: tuple[str, ...]
    manager: str


def _team(name: str, organisation: str, place: str | None, tells: str, manager: str, *jobs: str):
    return Team(name, organisation, place, frozenset(tells.split()), jobs, manager)


OUTREACH = "Street Outreach"
HOSTEL = "Canal Street Hostel"
PROGRAMME = "Systems Changers Team"
COUNCIL_SERVICES = "Council Services"

TEAMS = (
    _team(OUTREACH, COUNCIL, "Eastmere", "outreach", "Outreach manager",
          "Outreach worker", "Senior outreach worker", "Outreach worker (nights)"),
    _team("Housing Options", COUNCIL, "Eastmere", "housing", "Housing Options manager",
          "Housing options officer", "Prevention officer", "Allocations officer"),
    _team("Adult Social Care, East", COUNCIL, "Tillerbrook", "adult", "Team manager",
          "Social worker", "Occupational therapist", "Social care assistant", "Social worker"),
    _team("Leaving Care", COUNCIL, "Eastmere", "young", "Team manager",
          "Personal adviser", "Personal adviser", "Participation worker"),
    _team("Money and Benefits Advice", COUNCIL, "Tillerbrook", "money", "Advice manager",
          "Welfare rights adviser", "Money adviser", "Outreach money adviser"),
    _team("Neighbourhood and Family Support", COUNCIL, "Tillerbrook", "wardens family",
          "Neighbourhood manager", "Neighbourhood warden", "Family support worker",
          "Early help worker"),
    _team(COUNCIL_SERVICES, COUNCIL, "Eastmere", "", "Head of council services"),
    _team("Hospital Discharge", TRUST, "Eastmere", "hospital", "Discharge lead",
          "Discharge coordinator", "Charge nurse", "Hospital social worker", "Discharge nurse"),
    _team("Community Mental Health", TRUST, "Wrenfield", "mental", "Team leader",
          "Community psychiatric nurse", "Support worker", "Peer worker", "Care coordinator"),
    _team("Health Inclusion Nurses", TRUST, "Calderwick", "nurses", "Lead nurse",
          "Health inclusion nurse", "Healthcare assistant", "Outreach nurse"),
    _team(HOSTEL, OPENLATCH, "Calderwick", "hostel", "Hostel manager",
          "Hostel worker", "Night worker", "Hostel support worker"),
    _team("Move-On Support", OPENLATCH, "Wrenfield", "moveon", "Move-on manager",
          "Move-on worker", "Tenancy support worker", "Landlord liaison worker"),
    _team("The Kettle Day Centre", OPENLATCH, "Marlhaven", "daycentre", "Day centre manager",
          "Day centre worker", "Kitchen and welcome worker", "Activities worker"),
    _team(PROGRAMME, OPENLATCH, "Eastmere", "", "Convenor", "Facilitator", "Learning partner"),
    _team("Community Supervision", PROBATION, "Calderwick", "probation",
          "Senior probation officer", "Probation officer", "Probation services officer",
          "Probation officer"),
    _team("Prison Gate Resettlement", PROBATION, "Hollinsea", "prison", "Resettlement manager",
          "Resettlement worker", "Through-the-gate mentor", "Resettlement officer"),
    _team("Recovery", STEPWATER, "Marlhaven", "recovery", "Recovery manager",
          "Recovery worker", "Nurse prescriber", "Group worker"),
    _team("Needle Exchange and Van", STEPWATER, "Eastmere", "exchange recovery",
          "Harm reduction lead", "Harm reduction worker", "Van worker", "Harm reduction nurse"),
    # A refuge says nowhere where it is.
    _team("The Refuge", HEARTHWAY, None, "refuge", "Refuge manager",
          "Refuge worker", "Children’s worker", "Resettlement worker"),
    _team("Community Advocates", HEARTHWAY, "Calderwick", "advocacy", "Advocacy manager",
          "Domestic abuse advocate", "Hospital advocate", "Housing advocate"),
)  # fmt: skip
TEAM = {team.name: team for team in TEAMS}

# Name, place, months since it began, months since it ended (None: still going), its facilitator.
COHORTS = (
    ("Calderwick, the first cohort", "Calderwick", 25, 4, "Maggie Thornhill"),
    ("Eastmere and Tillerbrook", "Eastmere", 12.4, None, "Cas Mendes"),
    ("Marlhaven and the coast", "Marlhaven", 4, None, "Idris Bevan"),
)
