"""Two hundred details planted in what people say: at least 95 in a hundred are pointed out before sending."""

from __future__ import annotations

import random
from datetime import date

import pytest

from labs.voice_looking_over import look_over

TODAY = date(2026, 3, 10)
AROUND = (
    ("I went to the office three times and ", " was not there."),
    ("They wrote down ", " on the wrong form."),
    ("Nobody believed me until I showed ", " to the person at the desk."),
    ("My key worker said ", " and then it all went quiet."),
    ("I was told to give ", " again, every time."),
)
FIRST = "Tariq Siobhan Gareth Fatima Agnieszka Kwame Priya Liam Chloe Mohammed".split()
LAST = "Bennett Okoro Nowak Hussain Griffiths Fraser Mensah Doyle Iqbal Pritchard".split()


def nhs(chance: random.Random) -> str:
    """With its check digit (NHS Data Dictionary, modulus 11)."""
    while True:
        digits = [chance.randrange(10) for _ in range(9)]
        check = 11 - sum(d * (10 - place) for place, d in enumerate(digits)) % 11
        if check != 10:
            text = "".join(map(str, [*digits, 0 if check == 11 else check]))
            return chance.choice((text, f"{text[:3]} {text[3:6]} {text[6:]}"))


def planted(chance: random.Random) -> list[tuple[str, str]]:
    """Twenty-five of each of eight kinds, written as people write them."""

    def digits(many: int) -> str:
        return "".join(str(chance.randrange(10)) for _ in range(many))

    def letters(many: int, of: str = "ABCEGHJKLMNPRSTWXYZ") -> str:
        return "".join(chance.choice(of) for _ in range(many))

    def name() -> str:
        first, last = chance.choice(FIRST), chance.choice(LAST)
        return chance.choice((f"{first} {last}", f"Mrs {last}", f"Dr {last}", first))

    def birth() -> str:
        day, month, year = chance.randint(1, 28), chance.randint(1, 12), chance.randint(1940, 2010)
        spelt = date(year, month, day)
        return chance.choice(
            (
                f"{day:02}/{month:02}/{year}",
                f"{day} {spelt:%B} {year}",
                f"born on {day}.{month}.{year}",
            )
        )

    def phone() -> str:
        return chance.choice(
            (
                f"07{digits(3)} {digits(6)}",
                f"0{chance.choice((1, 2))}{digits(2)} {digits(3)} {digits(4)}",
            )
        )

    makers = {
        "name": name,
        "phone": phone,
        "nhs": lambda: nhs(chance),
        "national insurance": lambda: (
            f"{letters(2, 'ABCEHJKLMPRSTWXY')} {digits(2)} {digits(2)} {digits(2)} {letters(1, 'ABCD')}"
        ),
        "postcode": lambda: (
            f"{letters(2, 'BLMNS')}{chance.randint(1, 19)} {chance.randint(1, 9)}{letters(2, 'ABDEFGH')}"
        ),
        "birth": birth,
        "e-mail": lambda: f"{chance.choice(FIRST).lower()}.{digits(2)}@example.org",
        "place or date": lambda: chance.choice(
            (
                "in Larkfield",
                "near Tollgate Bridge",
                "on 4 March",
                "at Canal Street hostel",
                "12 Mill Lane",
            )
        ),
    }
    return [(kind, make()) for kind, make in makers.items() for _ in range(25)]


@pytest.mark.django_db
def test_two_hundred_planted_details(world, capsys):
    chance = random.Random("voices")
    all_of_them = planted(chance)
    missed = []
    for kind, detail in all_of_them:
        before, after = chance.choice(AROUND)
        shown = look_over(before + detail + after, today=TODAY)
        if not any(one.words in detail or detail in one.words for one in shown):
            missed.append((kind, detail))
    found = len(all_of_them) - len(missed)
    with capsys.disabled():
        print(
            f"\nvoices: {found} of {len(all_of_them)} planted details pointed out; missed {missed}"
        )
    assert len(all_of_them) == 200
    assert found / len(all_of_them) >= 0.95


@pytest.mark.django_db
def test_ordinary_words_are_left_alone(world, django_assert_max_num_queries):
    said = (
        "They moved my appointment four times and told me after. I had taken the day off. "
        "In the end I stopped going. If somebody had rung me, I would have come."
    )
    with django_assert_max_num_queries(3):
        assert look_over(said, today=TODAY) == []
