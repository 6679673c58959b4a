"""A list of people: read whatever a spreadsheet saved, looked through, then added whole."""

import csv
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from cohorts import people_lists
from cohorts.actions import imports
from cohorts.import_plans import ADD, HERE, WRONG, plan
from cohorts.models import Import, Organisation, Person, Place, Post, Service
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Event, Letter
from systemschangers.kernel.policy import Refused
from systemschangers.kernel.spreadsheets import csv_text

HEADS = "organisation,service,place,name,email,job title,kind,line manager email,cohort"


def lines(*rows: str, heads: str = HEADS) -> str:
    return "\n".join([heads, *rows])


def one(row: str):
    return plan(lines(row)).rows[0]


GOOD = "Riverside Trust,Day centre,Eastmere,Nia Price,nia@example.org,Worker,frontline,,"


@pytest.mark.parametrize(
    ("row", "verdict", "says"),
    [
        (GOOD, ADD, "Worker, Day centre"),
        ("Riverside Trust,,,,,,,,", ADD, "An organisation"),
        ("Riverside Trust,Day centre,,,,,,,", ADD, "Day centre, Riverside Trust"),
        ("eastmere council,STREET OUTREACH,,,,,,,", HERE, "Already here"),
        ("Eastmere Council,Street outreach,,Ana,ANA@example.org,Worker,,,", HERE, "Already here"),
        ("Eastmere Council,Council services,,Ana,ana@example.org,Worker,,,", ADD, "gets a post"),
        (
            "Eastmere Council,Street outreach,,Mo,mo@example.org,W,,,Eastmere one",
            ADD,
            "joins Eastmere one",
        ),
        (",Day centre,,Nia,nia@example.org,Worker,,,", WRONG, "which organisation"),
        ("Riverside,,,Nia,nia@example.org,Worker,,,", WRONG, "which service"),
        ("Riverside,Day,,Nia,,Worker,,,", WRONG, "e-mail address"),
        ("Riverside,Day,,,nia@example.org,Worker,,,", WRONG, "their name"),
        ("Riverside,Day,,Nia,nia@example.org,,,,", WRONG, "job title"),
        ("Riverside,Day,,Nia,nia at example,Worker,,,", WRONG, "is not an e-mail address"),
        ("Riverside,Day,,Nia,nia@example.org,Worker,boss,,", WRONG, "not a kind we know"),
        ("Riverside,Day,,Nia,nia@example.org,Worker,,who@example.org,", WRONG, "line manager who@"),
        ("Riverside,Day,,Nia,nia@example.org,Worker,,nia@example.org,", WRONG, "own line manager"),
        ("Riverside,Day,,Nia,nia@example.org,Worker,,,Nowhere", WRONG, "no cohort called"),
        ("Riverside,Day,,Eve,eve@example.org,Worker,,,", WRONG, "account is closed"),
        ("Riverside,Day,,=HYPERLINK(1),nia@example.org,Worker,,,", WRONG, "can’t begin with"),
        ("@SUM(1),Day,,Nia,nia@example.org,Worker,,,", WRONG, "can’t begin with"),
        (f"Riverside,Day,,{'x' * 101},nia@example.org,Worker,,,", WRONG, "too long"),
        ("Riverside,Day,,Nia,nia@example.org,Worker,,,,,stray", WRONG, "more cells"),
    ],
)
def test_each_line_gets_its_verdict_in_words(row, verdict, says, world):
    found = one(row)
    assert (found.verdict, says in found.words) == (verdict, True), found.words


def test_the_second_of_two_same_addresses_names_the_line_of_the_first(world):
    rows = plan(lines(GOOD, "", GOOD.replace("nia@", "NIA@"))).rows
    assert [row.verdict for row in rows] == [ADD, WRONG]
    assert rows[1].words == "The same e-mail address is on line 2."
    assert rows[1].line.number == 4


def test_a_manager_may_be_on_a_later_line_and_falls_with_a_wrong_one(world):
    worker = "Riverside,Day,,Nia,nia@example.org,Worker,,boss@example.org,"
    boss = "Riverside,Day,,Bo,boss@example.org,Manager,manager,,"
    assert [row.verdict for row in plan(lines(worker, boss)).rows] == [ADD, ADD]
    wrong = plan(lines(worker, boss.replace("manager,,", "king,,"))).rows
    assert [row.verdict for row in wrong] == [WRONG, WRONG]
    assert "on line 3" in wrong[0].words


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_whatever_a_spreadsheet_saves_is_read(separator, ending, encoding, world):
    text = lines(GOOD.replace("Nia Price", "Zoë Müller")).replace(",", separator)
    data = text.replace("\n", ending).encode(encoding)
    row = plan(people_lists.decoded(data)).rows[0]
    assert (row.verdict, row.line.cell("name")) == (ADD, "Zoë Müller")


def test_quoted_cells_hold_separators_and_quotes(world):
    row = one('"Riverside, North","Day ""drop-in"" centre",,Nia,nia@example.org,Worker,,,')
    assert row.line.cell("organisation") == "Riverside, North"
    assert row.line.cell("service") == 'Day "drop-in" centre'


@pytest.mark.parametrize(
    "heads",
    [
        "Organization;Team;E-mail address;Full name;Job_Title",
        "ORGANISATION;SERVICE;Email;Name;title",
    ],
)
def test_columns_are_known_by_their_everyday_names(heads, world):
    row = plan(f"{heads}\nRiverside;Day;nia@example.org;Nia;Worker").rows[0]
    assert row.verdict == ADD


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("\n \n", "empty"),
        ("name,email\nNia,nia@example.org", "organisation"),
        (HEADS, "no lines below"),
        ("organisation,organisation\na,b", "two columns"),
        (lines("a\x00b"), "not a CSV file"),
        (lines(*["Riverside,,,,,,,,"] * 5001), "more than 5,000 lines"),
        (lines('Riverside,"' + "x" * 140_000), "stray quotation mark"),
    ],
)
def test_a_list_that_cannot_be_read_says_what_to_do(text, says):
    with pytest.raises(people_lists.Unreadable, match=says):
        people_lists.read(text)


def test_an_open_quotation_mark_is_the_fault_of_its_line_only(world):
    whole = plan(lines(GOOD, 'Riverside,"Day,,Nia,x@example.org,Worker,,,', GOOD))
    assert [row.verdict for row in whole.rows] == [ADD, WRONG]
    assert "quotation mark" in whole.rows[1].words


def test_adding_makes_everything_once_and_leaves_wrong_lines_out(world, cas, now):
    text = lines(
        "Riverside Trust,Day centre,Westport,Bo Lind,bo@example.org,Manager,manager,,",
        "riverside trust,day centre,westport,Nia Price,nia@example.org,Worker,,bo@example.org,Eastmere one",
        "Riverside Trust,Night shelter,Westport,Al Fox,al@example.org,Worker,,ana@example.org,",
        "Riverside Trust,Night shelter,Westport,Bad,bad,Worker,,,",
        "Eastmere Council,Council services,,Ana,ana@example.org,Adviser,,,",
    )
    brought = imports.keep(text=text, by=cas, at=now)
    assert not Organisation.objects.filter(name="Riverside Trust").exists()
    done = imports.add(brought=brought, invite=True, by=cas, at=now)
    assert (done.people_added, done.people_invited) == (3, 3)
    assert Organisation.objects.filter(name__iexact="riverside trust").count() == 1
    assert Service.objects.filter(name__iexact="day centre").count() == 1
    assert Place.objects.filter(name__iexact="westport").count() == 1
    nia = Person.objects.get(email="nia@example.org")
    assert nia.posts.get().line_manager.email == "bo@example.org"
    assert nia.memberships.get(cohort=world.cohort).state == "awaiting_manager"
    assert world.ana.posts.count() == 2
    assert not Letter.objects.exists()
    new = list(Person.objects.filter(joined_at=now).values_list("pk", flat=True))
    for _ in range(2):
        imports.welcome(people=new, by=cas.pk, at=now)
    assert sorted(Letter.objects.values_list("to", flat=True)) == [
        "al@example.org",
        "bo@example.org",
        "nia@example.org",
    ]
    assert "nia@example.org" not in str(Event.objects.values_list("data"))
    with pytest.raises(WrongState):
        imports.add(brought=brought, invite=True, by=cas, at=now)


def test_not_inviting_writes_to_nobody(world, cas, now):
    brought = imports.keep(text=lines(GOOD), by=cas, at=now)
    imports.add(brought=brought, invite=False, by=cas, at=now)
    assert Person.objects.filter(email="nia@example.org").exists()
    assert not _jobs()


def test_inviting_leaves_the_letters_to_the_queue(world, cas, now):
    brought = imports.keep(text=lines(GOOD), by=cas, at=now)
    imports.add(brought=brought, invite=True, by=cas, at=now)
    nia = Person.objects.get(email="nia@example.org")
    assert _jobs() == [{"people": [nia.pk], "by": cas.pk}]


def _jobs():
    return list(
        ProcrastinateJob.objects.filter(task_name="cohorts.welcome").values_list("args", flat=True)
    )


def test_bringing_the_same_list_again_adds_nothing(world, cas, now):
    for _ in range(2):
        brought = imports.keep(text=lines(GOOD), by=cas, at=now)
        imports.add(brought=brought, invite=False, by=cas, at=now)
    assert Post.objects.filter(person__email="nia@example.org").count() == 1


def test_a_thousand_lines_take_no_more_queries_than_ten(
    world, cas, now, django_assert_max_num_queries
):
    rows = [f"Riverside,Team {n % 20},,Person {n},p{n}@example.org,Worker,,," for n in range(1000)]
    brought = imports.keep(text=lines(*rows), by=cas, at=now)
    with django_assert_max_num_queries(40):
        imports.add(brought=brought, invite=False, by=cas, at=now)
    assert Person.objects.filter(email__endswith="@example.org").count() > 1000


def test_workers_may_not_bring_lists_nor_see_them(world, ana, cas, as_, now):
    with pytest.raises(Refused):
        imports.keep(text=lines(GOOD), by=ana, at=now)
    brought = imports.keep(text=lines(GOOD), by=cas, at=now)
    assert as_(ana).get(reverse("cohorts:import_report", args=[brought.pk])).status_code == 403
    assert (
        as_(world.ada).get(reverse("cohorts:import_report", args=[brought.pk])).status_code == 404
    )


def test_a_file_is_looked_through_then_added_on_the_page(world, cas, as_):
    browser = as_(cas)
    file = SimpleUploadedFile("people.csv", lines(GOOD, "Riverside,,,Nia,,,,,").encode("cp1252"))
    response = browser.post(reverse("cohorts:import"), {"file": file})
    brought = Import.objects.get()
    assert response.url == reverse("cohorts:import_report", args=[brought.pk])
    page = browser.get(response.url).content.decode()
    assert "Add 1 person and invite them" in page
    assert '<tr><th scope="row">3: Nia</th><td>Say which service they work in.</td>' in page
    response = browser.post(
        reverse("cohorts:import_adding", args=[brought.pk]), {"invite": "no"}, follow=True
    )
    assert "1 person is new here" in response.content.decode()
    wrong = browser.get(reverse("cohorts:import_wrong_lines", args=[brought.pk])).content
    assert list(csv.reader(io.StringIO(wrong.decode("utf-8-sig"))))[1][-1].startswith("Say which")


def test_what_runs_as_a_formula_is_defused_in_the_file_and_read_back(world):
    whole = plan(lines("=1+1,Day,,+Nia,-x,@SUM(A1),,,"))
    text = csv_text(whole.wrong_lines())
    cells = list(csv.reader(io.StringIO(text)))[1]
    assert not any(cell[:1] in ("=", "+", "-", "@") for cell in cells if cell)
    assert people_lists.read(text).lines[0].raw[0] == "=1+1"


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"PK\x03\x04\x14\x00\x06\x00\x08\x00",
        b"\xff\xfe\x00",
        b"organisation\n" + b"\x81\x8d" * 9,
        b"",
    ],
)
def test_a_file_of_another_kind_is_refused_in_words(data, cas, as_):
    file = SimpleUploadedFile("people.csv", data)
    response = as_(cas).post(reverse("cohorts:import"), {"file": file})
    assert response.status_code == 200
    assert response.context["form"].errors
    assert not Import.objects.exists()


def test_a_file_over_a_megabyte_is_refused(cas, as_):
    file = SimpleUploadedFile("people.csv", b"organisation\n" + b"x" * (1024 * 1024))
    response = as_(cas).post(reverse("cohorts:import"), {"file": file})
    assert "larger than 1 MB" in response.content.decode()


def test_lists_go_after_a_week(cas, now):
    imports.keep(text=lines(GOOD), by=cas, at=now - timedelta(days=8))
    kept = imports.keep(text=lines(GOOD), by=cas, at=now)
    assert list(Import.objects.all()) == [kept]
