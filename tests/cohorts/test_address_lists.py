"""Reading addresses, whatever they were copied out of."""

import contextlib
import time

import pytest

from cohorts.address_lists import read
from cohorts.people_lists import Unreadable, decoded


def people(text):
    return [(line.name, line.email) for line in read(text).lines]


ANA, MO = ("Ana Okafor", "ana@example.org"), ("Mo Rahman", "mo@example.org")


@pytest.mark.parametrize(
    "text",
    [
        "Ana Okafor <ana@example.org>, Mo Rahman <mo@example.org>",
        "Ana Okafor <ana@example.org>; Mo Rahman <mo@example.org>;",
        "Ana Okafor <ana@example.org>\nMo Rahman <mo@example.org>\n",
        "Ana Okafor <ana@example.org>,\r\n\r\n  Mo Rahman <MO@Example.org>,,\r\n",
        '"Okafor, Ana" <ana@example.org>, "Rahman, Mo" <mo@example.org>',
        "Okafor, Ana <ana@example.org>; Rahman, Mo <mo@example.org>",
        "'Ana Okafor' <mailto:ana@example.org>\u200b; Mo\u00a0Rahman <mo@example.org>".replace(
            "'", ""
        ),
        "Ana Okafor ana@example.org\nMo Rahman, mo@example.org",
        "Ana Okafor\tana@example.org\nMo Rahman\tmo@example.org",
        "ana@example.org\tAna Okafor\nmo@example.org\tMo Rahman",
        "name,email\nAna Okafor,ana@example.org\nMo Rahman,mo@example.org",
        "\ufeffE-mail;Full name\r\nana@example.org;Ana Okafor\r\nmo@example.org;Mo Rahman\r\n",
        "sep=;\nEmail address;Name\nana@example.org;Ana Okafor\nmo@example.org;Mo Rahman",
        "First name,Surname,Work e-mail\nAna,Okafor,ana@example.org\nMo,Rahman,mo@example.org",
        'Name\tE-mail\n"Ana\nOkafor"\tana@example.org\nMo Rahman\tmo@example.org',
        "name,email,,,\nAna Okafor,ana@example.org,,,\nMo Rahman,mo@example.org,,,\n,,,,\n",
    ],
)
def test_however_it_was_written_it_is_the_same_two_people(text):
    assert people(text) == [ANA, MO]


def test_addresses_alone():
    text = "ana@example.org, mo@example.org;dee@example.org\nlee@example.org sam@example.org."
    assert [email for _, email in people(text)] == [
        f"{who}@example.org" for who in ("ana", "mo", "dee", "lee", "sam")
    ]


def test_columns_stand_in_any_order_and_others_are_named():
    sheet = read("Job title,Team,Phone,E-mail,Name\nWorker,Hostel,0123,bo@example.org,Bo Lind\n")
    (line,) = sheet.lines
    assert (line.name, line.email, line.service, line.job_title, line.number) == (
        "Bo Lind",
        "bo@example.org",
        "Hostel",
        "Worker",
        2,
    )
    assert sheet.unused == ["Phone"]


def test_what_excel_writes_is_read_as_bytes():
    text = "name;email\nZoë Núñez;zoe@example.org\n"
    for data in (text.encode("utf-8-sig"), text.encode("utf-16"), text.encode("cp1252")):
        assert people(decoded(data)) == [("Zoë Núñez", "zoe@example.org")]


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("ana@example.org, sam.example.org", [("", "ana@example.org"), ("sam.example.org", "")]),
        ("Ana Okafor, mo@example.org, Lee", [("", "mo@example.org")]),
        ("ana@@example.org", [("", "ana@@example.org")]),
        ("name,email\nAna,ana(at)example.org", [("Ana", "ana(at)example.org")]),
    ],
)
def test_nobody_is_lost_who_can_not_be_made_sense_of(text, kept):
    read_ = people(text)
    assert all(one in read_ for one in kept) or read_[0][1] == kept[0][1]


def test_a_stray_quotation_mark_is_the_fault_of_its_line_only():
    sheet = read('name,email\n"Bo,bo@example.org\nNia,nia@example.org\nAl,al@example.org')
    assert [line.email for line in sheet.lines] == [
        "bo@example.org",
        "nia@example.org",
        "al@example.org",
    ]
    assert ["quotation mark" in line.problem for line in sheet.lines] == [True, False, False]


def test_a_stray_comma_is_said():
    sheet = read("name,email\nLind, Bo,bo@example.org")
    assert "stray comma" in sheet.lines[0].problem


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "The list is empty"),
        (" \n\t\n", "The list is empty"),
        ("a\x00b", "not a CSV file"),
        ("name,email\n", "nobody below"),
        ("email,e-mail\na@b.org,c@d.org", "two columns"),
        ("\n".join(f"p{n}@example.org" for n in range(1001)), "more than 1,000 people"),
    ],
)
def test_what_is_no_list_says_what_to_do(text, says):
    with pytest.raises(Unreadable, match=says):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        "@" * 900_000,
        "<" * 900_000,
        '"' * 899_999,
        ",;" * 450_000 + "a",
        "a," * 450_000,
        "a@" * 450_000,
    ],
    ids=["at", "bracket", "quote", "nothing", "words", "addresses"],
)
def test_a_hostile_megabyte_is_read_or_refused_at_once(text):
    began = time.process_time()
    with contextlib.suppress(Unreadable):
        assert len(read(text).lines) < 1001
    # Of a megabyte, work that grew with its square would take hours.
    assert time.process_time() - began < 20
