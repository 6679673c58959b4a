"""Words for the benchmark's wins: some in every tenth win, some in one of a thousand, some in few.

Believable enough for full-text search to behave as it does on real ones; nobody's story."""

from __future__ import annotations

import random


def _listed(text: str) -> tuple[str, ...]:
    return tuple(" ".join(words.split()) for words in text.split("|"))


WHO = _listed("""
housing officer | ward sister | probation officer | duty social worker | benefits adviser |
support worker | night staff | hostel manager | district nurse | job coach | advocate |
landlord | receptionist | discharge team | mental health team | outreach team |
family worker | police officer | volunteer | council officer
""")
THING = _listed("""
tenancy form | discharge letter | care plan | benefit appeal | move-on list |
risk assessment | bus pass | bank account | prescription | referral | assessment |
hostel bed | food parcel | court letter | rent arrears letter | medication review |
phone contract | key worker rota | waiting list | deposit
""")
DID = _listed("""
rewrote | agreed | sorted out | looked at | shortened | brought forward | carried through |
explained | shared | tried out | changed | reopened | checked | kept | simplified
""")
PLACE = _listed("""
at the kitchen table | in the corridor | on the ward | outside court | on the phone |
at the day centre | in the car park | over a cup of tea | at the library | before the panel |
after the handover | in reception
""")
END = _listed("""
It took ten minutes instead of two weeks. | They now ask for us by name. |
Nobody had to tell it twice. | The rule turned out to be a habit. |
He slept indoors that night. | She said it was the first time someone rang back. |
We will do it this way from now on. | The manager wrote it into the rota. | It cost nothing. |
The next one will be easier. | Nobody lost their place on the list. |
We kept the door open until they came.
""")
SENTENCES = (
    "The {who} and I {did} the {thing} together {place}.",
    "I asked the {who} why the {thing} needs three signatures, and now it needs one.",
    "A {thing} was stuck for weeks, so we {did} it {place} with the {who}.",
    "We {did} the {thing} so that nobody has to start again {place}.",
    "Instead of writing I went and met the {who} {place}, and the {thing} moved.",
    "The {who} let me sit in {place} while they {did} the {thing}.",
)
HARD = (
    "The {who} had been told to say no to every {thing}.",
    "Nobody knew who owns the {thing}.",
    "There was no time {place}.",
    "The {thing} and the {who} sit in two systems that do not talk.",
)
SYLLABLES = "quil brae thor wick fen dun mar hal stow grim ash pell ravens tarn ox birk".split()


def _filled(pattern: str, pick: random.Random) -> str:
    parts = {"who": WHO, "thing": THING, "did": DID, "place": PLACE}
    return pattern.format(**{name: pick.choice(words) for name, words in parts.items()})


def stories(number: int) -> list[str]:
    """Stories of two or three sentences, the same every time."""
    pick = random.Random(7)
    return [
        " ".join(
            [
                *(_filled(pick.choice(SENTENCES), pick) for _ in range(pick.choice((1, 2, 2)))),
                pick.choice(END),
            ]
        )
        for _ in range(number)
    ]


def hardships(number: int) -> list[str]:
    pick = random.Random(8)
    return [_filled(pick.choice(HARD), pick) for _ in range(number)]


def names(number: int) -> list[str]:
    """Made-up place names, each in about one of so many wins: the rare words of a search."""
    pick = random.Random(9)
    found: dict[str, None] = {}
    while len(found) < number:
        found["".join(pick.choice(SYLLABLES) for _ in range(3)).capitalize()] = None
    return list(found)
