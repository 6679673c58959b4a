"""What is counted, in words: the measures of the impact pages, and the parts each is told in."""

from __future__ import annotations

from dataclasses import dataclass

from cohorts.models import Borrowing, Commitment
from labs.models import ChangeClaim
from wins.models import Outcome, Ripple, Win
from wins.pulse_words import SHORT_WORDS


@dataclass(frozen=True)
class Kind:
    """A measure: its words, what it is counted in, and into what it is split."""

    key: str
    label: str
    unit: str
    splits: tuple[str, ...] = ()
    # What employers do is told of employers: not of services and cohorts, nor of one person.
    of_employers: bool = False


WINS = Kind("wins", "Small wins shared", "wins", ("lens", "depth", "condition", "theme"))
CLAUSES = Kind("clauses", "Lines in job descriptions", "lines", ("confirmed",), True)
CHAPTERS: tuple[tuple[str, tuple[Kind, ...]], ...] = (
    (
        "What changed",
        (
            WINS,
            Kind("ripples", "Ripples told", "ripples", ("change", "worth")),
            Kind("outcomes", "Outcomes", "outcomes",
                 ("checked", "actor")),
            Kind("measures", "Measures begun", "measures"),
            Kind("stories", "Stories told", "stories"),
            Kind("borrowings", "Practices borrowed", "practices", ("borrowed",)),
        ),
    ),
    (
        "What was heard",
        (
            Kind("voices", "Voices sent on", "voices", ("voice",)),
            Kind("changes", "Changes after a voice", "changes", ("claim",)),
            Kind("barriers_raised", "Barriers raised", "barriers"),
            Kind("barriers_fixed", "Barriers fixed", "barriers"),
            Kind("leader_requests", "Requests to leaders", "requests", ("answered",)),
            Kind("commitments", "Promises that fell due", "promises", ("kept",)),
        ),
    ),
    (
        "Time for it",
        (
            Kind("hours_agreed", "Hours agreed", "hours"),
            Kind("hours_taken", "Hours taken", "hours"),
            Kind("hours_lost", "Hours lost to cover", "hours"),
            Kind("peer_meetings", "Meetings with peers", "times"),
        ),
    ),
    (
        "Working on it together",
        (
            Kind("lab_seats", "Seats taken in labs", "seats"),
            Kind("exercises", "Thinking exercises shared", "exercises"),
        ),
    ),
    ("What is written down", (CLAUSES,)),
)  # fmt: skip
KINDS = tuple(kind for _, kinds in CHAPTERS for kind in kinds)
KIND = {kind.key: kind for kind in KINDS}
NOT_SAID = "not said"
LABELS: dict[str, dict[str, str]] = {
    "lens": {**dict(Win.Lens.choices), "": NOT_SAID},
    "depth": {**dict(Win.Depth.choices), "": NOT_SAID},
    "condition": {**{str(number): short for number, short in SHORT_WORDS.items()}, "": NOT_SAID},
    "change": {value: label.partition(":")[0] for value, label in Ripple.Change.choices}
    | {"": NOT_SAID},
    "worth": {**dict(Ripple.Worth.choices), "": NOT_SAID},
    "checked": {
        "agree": "others who know of it agree",
        "partly": "somebody agrees in part",
        "disagree": "somebody does not agree",
        "no": "nobody else has said yet",
    },
    "actor": {value: label.partition(":")[0] for value, label in Outcome.Kind.choices},
    "borrowed": {
        value: label for value, label in Borrowing.State.choices if value != Borrowing.State.WE_DO
    },
    "voice": {
        "told_back": "answered, and told back",
        "answered": "answered, not told back yet",
        "received": "received, no answer yet",
        "waiting": "no word yet",
    },
    "claim": dict(ChangeClaim.State.choices),
    "answered": {"yes": "answered by the leader", "no": "not answered yet"},
    "kept": dict(Commitment.State.choices),
    "confirmed": {"yes": "confirmed by somebody there", "no": "not confirmed yet"},
}
SPLIT_WORDS = {
    "lens": "Where they changed something",
    "depth": "How deep they went",
    "condition": "What made them possible",
    "theme": "On which themes",
    "change": "How deep a change",
    "worth": "Good or bad",
    "checked": "Is it so? What others say",
    "actor": "What kind of change",
    "borrowed": "How it went",
    "voice": "Was there an answer?",
    "claim": "Did it come?",
    "answered": "Was there an answer?",
    "kept": "What became of the promises",
    "confirmed": "Has the employer said so?",
}
# A win may be on several themes: these parts overlap.
OVERLAPPING = ("theme",)
