"""What could show who a service user is: found where it stands, pointed out, never in the way."""

from __future__ import annotations

import random
import time
import tomllib
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from systemschangers.kernel.identifiers import KINDS, find_identifiers
from tests.factories import make_win
from tests.factories.wins_form import answers, press
from wins.models import Win

TODAY = date(2026, 3, 10)
WORDS = Path("systemschangers/home/demo/words")

PLANTED = {
    "name": [
        *(
            "Mrs Patel",
            "Mr Smith",
            "Dr Ahmed",
            "Ms O’Connor",
            "Miss Jones",
            "Mx Taylor",
            "Mr. Brown",
        ),
        *(
            "mrs khan",
            "mr davies",
            "Mrs Smith-Jones",
            "Professor Okonkwo",
            "Mr J Williams",
            "Nurse Ali",
        ),
        *(
            "John Smith",
            "Mary O’Brien",
            "Mohammed Hussain",
            "Agnieszka Kowalska",
            "Darren McAllister",
        ),
        *(
            "Siobhan Kelly",
            "Chidi Okafor",
            "Fatima al-Rashid",
            "Jean-Paul Sartre",
            "Gurpreet Singh",
        ),
        *(
            "Tadesse Bekele",
            "Xiu Ling",
            "Kwabena Asante",
            "Wojciech Nowak",
            "Aaliyah Begum",
            "Lee Evans",
        ),
        *(
            "Grace Mbeki",
            "Mark Thompson",
            "Rose Hughes",
            "Will Carter",
            "Hope Adeyemi",
            "Bill Turner",
        ),
        *(
            "Rhys Llewellyn",
            "Mhairi Campbell",
            "Eilidh MacDonald",
            "Oluwaseun Balogun",
            "Bob Marsh",
        ),
        *(
            "Darren",
            "Kelly-Anne Price",
            "Shanice Brown",
            "Tyrone Lewis",
            "Sanjay Gupta",
            "Ioana Popescu",
        ),
        *(
            "Hamza Malik",
            "Bronwen Pugh",
            "Cameron Reid",
            "Zainab Yusuf",
            "Leanne Hall",
            "Olga Ivanova",
        ),
        *(
            "Piotr Zielinski",
            "Ngozi Eze",
            "Declan Byrne",
            "Kayleigh Ward",
            "Tariq Aziz",
            "Stacey Moss",
        ),
        *(
            "Precious Dube",
            "Callum Baird",
            "Yasmin Ali",
            "Gethin Rees",
            "Nuala Quinn",
            "Ahmed Farah",
        ),
        *(
            "Mr Nguyen",
            "Mrs Van der Berg",
            "Dr S Rao",
            "Ms Achebe",
            "Miss Cohen",
            "MRS LEWIS",
            "Mr Hall",
        ),
        *("Auntie Pearl", "Sir Alan", "Rev Green", "Lady Margaret"),
    ],
    "phone": [
        *("07700 900123", "07700900456", "+44 7700 900789", "0161 496 0123", "(0161) 496 0456"),
        *(
            "020 7946 0321",
            "0044 7700 900111",
            "+44 (0)7700 900222",
            "07700-900-333",
            "01632 960 555",
        ),
        *("07911 123456", "0113 496 0999", "07700 900 321", "+44 161 496 0765", "024 7699 0123"),
        *("0800 123 4567", "028 9018 0222", "tel: 496 0123", "0116 4960999", "07700.900.444"),
        *("+447700900555", "phone 4960777", "0121 4960888", "(01632) 960666", "07 700 900 999"),
    ],
    "nhs": [
        *(
            "943 476 5919",
            "943-476-5919",
            "9434765919",
            "401 023 2137",
            "4010232137",
            "485 777 3456",
        ),
        *("221 395 1837", "7111111111", "600-000-0006", "336 481 7923"),
        *("999 123 4567", "123 456 7881", "987-654-3210", "450 557 7104"),
    ],
    "national_insurance": [
        *(
            "QQ123456C".replace("QQ", "AB"),
            "JK 12 34 56 D",
            "jk123456a",
            "CE 65 43 21 B",
            "AB-12-34-56-C",
        ),
        *("WP 11 22 33 A", "NR223344B", "lm 90 80 70 c", "SR334455D", "HY 01 02 03 A"),
    ],
    "birth": [
        *(
            "14/03/1986",
            "3.7.1972",
            "14-03-1986",
            "1986-03-14",
            "14 March 1986",
            "14th of March 1986",
        ),
        *(
            "March 14, 1986",
            "dob 14/3/86",
            "born on 2 May 2021",
            "DOB: 2.5.21",
            "born 12 January 2024",
        ),
        *("date of birth 01/01/2001", "31 Dec 1999", "5th Aug 1964", "Sept 9 2001", "1 Jan 1950"),
        *("2 Feb 1948", "19.10.1979", "30 November 2008", "4/4/44", "October 5th, 1993"),
        *("birthday is 4 June", "D.O.B. 04/06/1990", "7 July 1977", "22/11/63"),
    ],
    "address": [
        *("14 Acacia Avenue", "12a Canal Street", "Flat 3", "221B Baker Street", "7 The Crescent"),
        *("Flat 12b", "3 Park Road", "101 Old Mill Lane", "14 acacia avenue", "22 high street"),
        *(
            "9 St Mary's Close",
            "5 Kings Court",
            "88 Station Rd",
            "6 Rose Grove",
            "17, Victoria Terrace",
        ),
        *(
            "1 Harbour View",
            "45 Long Meadow Drive",
            "30 Elm Gardens",
            "2 Quay House",
            "apartment 9",
        ),
    ],
    "postcode": [
        *("M1 1AA", "SW1A 1AA", "m13 9pl", "LS6 2AB", "EC1A1BB", "B33 8TH", "CR2 6XH", "DN55 1PT"),
        *("E1 6AN", "PO16 7GZ", "l18 1dg", "TR21 0LW"),
        *("w1a 0ax", "ne14dp", "G12 8QQ", "BT7 1NN", "CF10 3AT", "SO17 1BJ", "OX1 2JD", "hd1 3dh"),
    ],
    "email": [
        *("j.smith@example.com", "darren86@mail.example.co.uk", "mary_o'b@example.org"),
        *("first.last+tag@sub.example.net", "X@Y.UK", "a-b@c-d.example", "p.khan@nhs.example"),
        *("k.w@hostel.example.org.uk", "the.brown.family@example.com", "sam1990@post.example"),
        *("someone@localhost.local", "1234@numbers.example", "UPPER.CASE@EXAMPLE.COM"),
    ],
}
FRAMES = [
    "We got {} a bed by four o'clock.",
    "Today I rang about {} and somebody answered.",
    "It was the third try, and {} was on the list.",
    "The form said {}, which was wrong, so we mended it.",
    "Nobody had asked {} before.",
    "Wrote it down ({}) and passed it on.",
]


def test_planted_details_are_found():
    dice = random.Random(7)
    planted = [(kind, words) for kind, several in PLANTED.items() for words in several]
    missed = []
    for kind, words in planted:
        frame = dice.choice(FRAMES)
        text = frame.format(words)
        start = text.index(words)
        hit = any(
            found.start < start + len(words) and found.end > start and found.kind in KINDS
            for found in find_identifiers(text, today=TODAY)
        )
        if not hit:
            missed.append((kind, text))
    recall = 1 - len(missed) / len(planted)
    print(
        f"identifiers: {len(planted) - len(missed)} of {len(planted)} found ({recall:.1%}); {missed}"
    )
    assert len(planted) >= 200
    assert recall >= 0.95


def _sentences(part: object) -> list[str]:
    if isinstance(part, str):
        return [part]
    if isinstance(part, dict):
        told = [
            v
            for k, v in part.items()
            if k not in {"theme", "also", "for", "lens", "depth", "condition"}
        ]
        return [text for value in told for text in _sentences(value)]
    return [text for value in part for text in _sentences(value)] if isinstance(part, list) else []


def test_ordinary_words_raise_few_false_alarms():
    texts = []
    for file in sorted(WORDS.rglob("*.toml")):
        if file.name not in {"people.toml", "thank_yous.toml"}:
            texts += _sentences(tomllib.loads(file.read_text(encoding="utf-8")))
    alarms = [found.words for text in texts for found in find_identifiers(text, today=TODAY)]
    print(f"identifiers: {len(alarms)} alarms in {len(texts)} ordinary texts: {alarms}")
    assert len(texts) > 300
    assert len(alarms) <= len(texts) * 0.02


@pytest.mark.parametrize(
    "harmless",
    [
        "We met on Tuesday at 2.30pm in Room 12 and agreed 3 things.",
        "Housing First and Universal Credit talked to each other on 3 March 2026.",
        "The Citizens Advice team in Canal Street rang back within 24 hours.",
        "Mr B has keys. Will you come? May I? Grace under pressure.",
        "I filled in form PIP2 on page 4 of 12, for the 3rd time since 2019.",
        "He was 34 and had slept 2 weeks on the street.",
        "Reference 12345678, about £1,250.00 a month.",
    ],
)
def test_what_shows_nobody_is_left_alone(harmless):
    assert find_identifiers(harmless, today=TODAY) == []


def test_found_says_what_and_where():
    text = "Rang Mrs Patel on 07700 900123."
    name, phone = find_identifiers(text, today=TODAY)
    assert (name.kind, name.words, text[name.start : name.end]) == (
        "name",
        "Mrs Patel",
        "Mrs Patel",
    )
    assert (phone.kind, phone.label, phone.words) == ("phone", "A phone number", "07700 900123")


@given(st.text(max_size=2000))
@settings(max_examples=150, deadline=None)
def test_any_text_at_all_is_looked_through_without_harm(text):
    found = find_identifiers(text, today=TODAY)
    assert all(text[one.start : one.end] == one.words and one.words for one in found)
    assert all(one.end <= later.start for one, later in pairwise(found))


PIECES = [
    "Aa ",
    "0",
    "a@",
    "Mr ",
    "1 Aa Aa ",
    "flat 1",
    "9 may ",
    "\n",
    "M1 1",
    "0 0 ",
    "AB 12 ",
    "ﷺ",
]


@pytest.mark.parametrize("piece", PIECES)
def test_a_megabyte_takes_time_in_proportion(piece):
    def seconds(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        start = time.process_time()
        find_identifiers(text, today=TODAY)
        return time.process_time() - start

    small, large = seconds(100_000), seconds(1_000_000)
    assert large < max(small, 0.02) * 25, f"{small:.2f} s for 100 kB, {large:.2f} s for 1 MB"


# --- On the way to the wall -----------------------------------------------------------------------

TOLD = "Rang Mrs Begum on 07700 900123 and she came."


def test_details_are_pointed_out_before_others_see_them_and_never_stand_in_the_way(as_, ana, mo):
    browser = as_(ana)
    answer = press(browser, "/wins/new/", log="1", what_happened=TOLD, visibility="everyone")
    win = Win.objects.get()
    page = answer.content.decode()
    assert answer.request["PATH_INFO"] == f"/wins/{win.pk}/logging/"
    assert "<mark>Mrs Begum</mark>" in page
    assert "<mark>07700 900123</mark>" in page
    assert page.index("Change it") < page.index("It is fine, log it")
    assert win.state == "draft", "nothing is lost when the signal goes now"
    assert as_(mo).get(f"/wins/{win.pk}/").status_code == 404
    press(browser, f"/wins/{win.pk}/logging/")
    assert as_(mo).get(f"/wins/{win.pk}/").status_code == 200


def test_change_it_leads_to_the_form_with_all_that_was_written(as_, ana):
    browser = as_(ana)
    press(browser, "/wins/new/", log="1", what_happened=TOLD, made_hard="The buses.")
    win = Win.objects.get()
    form = answers(browser, f"/wins/{win.pk}/edit/")
    assert (form["what_happened"], form["made_hard"]) == (TOLD, "The buses.")
    press(browser, f"/wins/{win.pk}/edit/", log="1", what_happened="Rang somebody, who came.")
    win.refresh_from_db()
    assert (win.state, win.what_happened) == ("logged", "Rang somebody, who came.")


def test_a_private_win_is_not_looked_over(as_, ana):
    press(as_(ana), "/wins/new/", log="1", what_happened=TOLD, visibility="only_me")
    assert Win.objects.get().state == "logged"


def test_names_of_colleagues_services_and_places_are_not_pointed_out(as_, ana):
    words = "Mo Rahman and Dee rang Street outreach from Eastmere, and Zed Kowalski came over."
    press(as_(ana), "/wins/new/", log="1", what_happened=words, visibility="everyone")
    assert Win.objects.get().state == "logged"


def test_pressing_log_on_a_draft_shows_the_details_first(as_, ana):
    win = make_win(ana, TOLD, state=Win.State.DRAFT)
    answer = as_(ana).post(f"/wins/{win.pk}/logging/")
    assert (answer.status_code, answer.url) == (302, f"/wins/{win.pk}/logging/")
    stale = as_(ana).post(f"/wins/{win.pk}/logging/", {"checked": "99"})
    assert stale.status_code == 302
    win.refresh_from_db()
    assert win.state == "draft"


def test_an_edit_of_a_shared_win_points_out_only_what_is_new(as_, ana):
    win = make_win(ana, "Rang Mrs Begum.")
    browser = as_(ana)
    press(browser, f"/wins/{win.pk}/edit/", made_hard="It rained.")
    win.refresh_from_db()
    assert win.made_hard == "It rained."
    sent = answers(browser, f"/wins/{win.pk}/edit/", made_hard="She lives at 4 Canal Street.")
    page = browser.post(f"/wins/{win.pk}/edit/", sent)
    assert "<mark>4 Canal Street</mark>" in page.content.decode()
    assert "<mark>Mrs Begum</mark>" not in page.content.decode()
    win.refresh_from_db()
    assert win.made_hard == "It rained."
    checked = page.context["form"].data["checked"]
    browser.post(f"/wins/{win.pk}/edit/", sent | {"checked": checked, "submission_key": ""})
    win.refresh_from_db()
    assert win.made_hard == "She lives at 4 Canal Street."


def test_sharing_a_private_win_looks_all_of_it_over(as_, ana):
    win = make_win(ana, "Rang Mrs Begum.", visibility="only_me")
    browser = as_(ana)
    sent = answers(browser, f"/wins/{win.pk}/edit/", visibility="everyone")
    assert "<mark>Mrs Begum</mark>" in browser.post(f"/wins/{win.pk}/edit/", sent).content.decode()
    win.refresh_from_db()
    assert win.visibility == "only_me"
