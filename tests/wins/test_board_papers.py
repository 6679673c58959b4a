"""Papers for boards: made by staff, kept as it was on the day, and never against anybody’s consent."""

from __future__ import annotations

from datetime import date, timedelta
from threading import Barrier as Gate
from threading import Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cohorts.actions.leaving import leave
from cohorts.models import Board, Person
from labs.actions.voices import consenting
from labs.models import Barrier
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Event, Letter, Notification
from systemschangers.kernel.personal_data import everything_about
from systemschangers.kernel.policy import Refused
from tests import steps
from tests.factories.barriers import make_barrier
from tests.factories.board_papers import (
    BARRIER,
    PERIOD,
    PROMISE,
    STORY,
    VOICE,
    full_board,
    issue,
    issued,
    make_paper,
)
from tests.factories.cohorts import make_person
from tests.factories.leader_requests import make_commitment, make_leader
from tests.factories.stories import make_story
from tests.factories.voices import claim, give_consent, make_board, make_voice, respond
from tests.factories.world import build_world
from wins.actions import board_papers as actions
from wins.actions import stories
from wins.board_paper.reading import read
from wins.impact.periods import last_quarter_over, period_words, quarter_in
from wins.models import BoardPaper, ImpactCount, ImpactFigure

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
OVER = last_quarter_over(TODAY)


@pytest.fixture
def full(world):
    return full_board(world)


@pytest.fixture
def paper(world, full):
    return issued(full.board, world.cas, stories=[full.story])


def fresh(person: Person) -> Person:
    return Person.objects.get(pk=person.pk)


def page(browser, paper) -> str:
    answer = browser.get(paper.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


# --- Steps, and who may ---------------------------------------------------------------------------


@pytest.mark.parametrize("case", steps.cases(BoardPaper), ids=str)
def test_only_programme_staff_issue_a_paper_and_only_once(case, world, full, now):
    for who in ("ana", "mo", "lee", "cas", "ada"):
        person = Person.objects.get(pk=getattr(world, who).pk)
        with transaction.atomic():
            steps.check(
                case,
                make=lambda state: (
                    make_paper(full.board, world.cas)
                    if state == "draft"
                    else issued(full.board, world.cas)
                ),
                take=lambda it, by=person: actions.issue(
                    paper=it, version=it.version, by=by, at=now
                ),
                may=who == "cas",
            )
            transaction.set_rollback(True)


def test_what_is_issued_can_be_changed_by_nobody_and_not_in_the_database(world, paper):
    wanted = actions.Wanted(board=paper.board, period=PERIOD, words="Better words.")
    given = {"paper": paper, "by": world.cas, "at": timezone.now()}
    with pytest.raises(Refused):
        actions.change(version=paper.version, wanted=wanted, **given)
    with pytest.raises(Refused):
        actions.throw_away(**given)
    for touch in (
        lambda: BoardPaper.objects.filter(pk=paper.pk).update(words="Better words."),
        lambda: BoardPaper.objects.filter(pk=paper.pk).update(state="draft"),
        lambda: BoardPaper.objects.filter(pk=paper.pk).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            touch()
    draft = make_paper(paper.board, world.cas)
    actions.throw_away(paper=draft, by=world.cas, at=timezone.now())
    assert list(BoardPaper.objects.all()) == [paper]


def test_a_period_is_one_that_figures_are_told_for_and_that_has_begun(world, full):
    for period in ("2026-03", "1999", "", "2026-q5", str(TODAY.year + 1)):
        with pytest.raises(ValidationError):
            make_paper(full.board, world.cas, period=period)


def test_three_stories_fit_and_a_fourth_does_not(world, full):
    told = [make_story(make_person(world.hostel)) for _ in range(4)]
    with pytest.raises(ValidationError):
        make_paper(full.board, world.cas, stories=told)
    with pytest.raises(DatabaseError), transaction.atomic():
        BoardPaper.objects.filter(pk=make_paper(full.board, world.cas).pk).update(
            chosen=[1, 2, 3, 4]
        )


def test_a_board_that_no_longer_meets_gets_no_paper_and_reads_none(world, full, paper, as_):
    draft = make_paper(full.board, world.cas)
    Board.objects.filter(pk=full.board.pk).update(retired_at=timezone.now())
    with pytest.raises(ValidationError):
        issue(draft, world.cas)
    assert as_(world.lee).get(paper.get_absolute_url()).status_code == 404
    assert as_(world.cas).get(paper.get_absolute_url()).status_code == 200


def test_who_does_not_sit_on_the_board_finds_no_paper_of_it(world, full, paper, as_):
    other = issued(make_board(make_leader(), name="Trustees"), world.cas)
    draft = make_paper(full.board, world.cas)
    lee = as_(world.lee)
    assert lee.get(paper.get_absolute_url()).status_code == 200
    for hidden in (other, draft):
        assert lee.get(hidden.get_absolute_url()).status_code == 404
        assert lee.get(f"{hidden.get_absolute_url()}pdf/").status_code == 404
    for step in ("edit", "issuing", "removal"):
        assert lee.get(f"{paper.get_absolute_url()}{step}/").status_code == 403
    full.board.members.clear()
    assert lee.get(paper.get_absolute_url()).status_code == 404
    assert lee.get("/board-papers/").status_code == 404


# --- Kept as it was on the day --------------------------------------------------------------------


def test_figures_answers_and_states_stay_as_they_were(world, full, as_):
    def say(amount):
        key = {"unit": "everyone", "unit_id": 0, "period": OVER, "measure": "wins"}
        ImpactFigure.objects.update_or_create(**key, defaults={"amount": amount, "shown": True})

    ImpactCount.objects.create(pk=1, looked_at=timezone.now(), counted_at=timezone.now(), took=1)
    say(812)
    planned = claim(full.voice, "planned", words="A call on the day.")
    it = issued(full.board, world.cas)
    say(999)
    respond(full.voice, world.lee, words="Said after the paper.")
    type(planned).objects.filter(pk=planned.pk).update(state="made", made_on=TODAY)
    Barrier.objects.filter(pk=full.barrier.pk).update(state="looking")
    shown = page(as_(world.lee), it)
    assert ">812</td>" in shown
    assert ">999</td>" not in shown
    assert "We ring on the day now." in shown
    assert "Said after the paper." not in shown
    assert "<b>Change</b> planned by 17 February 2026" in shown
    assert "Not answered yet; raised" in shown
    newer = page(as_(world.cas), make_paper(full.board, world.cas))
    assert "Said after the paper." in newer


def test_figures_of_two_papers_of_nearby_days_can_not_be_subtracted(world, full):
    """Not of the same time, of one that goes on, or of another board of the same organisation."""

    def say(period, amount):
        key = {"unit": "everyone", "unit_id": 0, "period": period, "measure": "wins"}
        ImpactFigure.objects.update_or_create(**key, defaults={"amount": amount, "shown": True})

    def wins(paper) -> str:
        rows = read(BoardPaper.objects.get(pk=paper.pk), world.cas, TODAY).figures.rows
        return next(line.everyone for line in rows if line.label == "Small wins shared")

    now, running = timezone.now(), quarter_in(TODAY)
    second = make_board(full.leader, "Second board", organisation=full.board.organisation)
    year_before, seen = str(TODAY.year - 1), []
    for number in range(3):
        for period in (OVER, year_before, running, str(TODAY.year)):
            say(period, 800 + number)
        at = now + timedelta(days=number)
        for board in (full.board, second):
            for period in (OVER, running, str(TODAY.year)):
                seen.append(wins(issued(board, world.cas, at, period=period)))
    assert set(seen) == {"800"}
    draft = make_paper(full.board, world.cas, period=running)
    figures = read(draft, world.cas, TODAY).figures
    assert figures.said.startswith(f"Of {period_words(OVER)}, the last quarter that is over")
    assert wins(make_paper(full.board, world.cas, period=year_before)) == "802", "told by none yet"


def test_what_the_teller_says_of_a_change_is_heard(world, full):
    claim(full.voice, "confirmed", words="A call on the day.", verdict_words="They rang.")
    drafted = read(make_paper(full.board, world.cas), world.cas, TODAY)
    said = drafted.voices.rows[0].answers[-1]
    assert said.what == "confirmed by who told it"
    assert said.words == "A call on the day. They say: “They rang.”"


def test_a_figure_stands_with_what_it_is_out_of_and_is_held_back_with_its_whole(world, full):
    def say(unit, measure, amount, split="", value="", period=OVER):
        number = full.board.organisation_id if unit == "organisation" else 0
        ImpactFigure.objects.create(
            unit=unit, unit_id=number, period=period, measure=measure, split=split, value=value,
            shown=amount is not None, amount=amount,
        )  # fmt: skip

    for amount, split, value in ((11, "", ""), (9, "stay", "stayed"), (2, "stay", "unknown")):
        say("organisation", "stay", amount, split, value, period="m12")
    say("everyone", "wins", 812)
    say("everyone", "wins", 60, "people")
    say("organisation", "hours_taken", 21)
    say("organisation", "hours_agreed", 44)
    say("everyone", "hours_taken", None)
    say("everyone", "hours_agreed", 90)
    say("organisation", "commitments", None)
    say("organisation", "commitments", 7, "kept", "kept")
    paper = read(make_paper(full.board, world.cas), world.cas, TODAY)
    lines = {line.label: (line.here, line.everyone) for line in paper.figures.rows}
    assert lines["Hours taken to stand back and meet, of those agreed"] == (
        "21 of 44",
        "not shown, of 90",
    )
    assert lines["Small wins shared"] == ("0", "812, by about 60 people")
    stayed = "On the frontline a year after joining a cohort, of all who joined by then"
    assert lines[stayed] == ("9 of 11; 2 not known", "none")
    promises = lines["Promises by leaders that were kept, of those that fell due"]
    assert promises == ("not shown", "none")
    assert paper.figures.notes[0].startswith("Not shown: fewer than five people")
    say("everyone", "commitments", None)
    paper = read(make_paper(full.board, world.cas), world.cas, TODAY)
    assert not [line for line in paper.figures.rows if line.label.startswith("Promises")]
    assert "not here at all: Promises by leaders" in paper.figures.notes[1]


def test_a_newer_paper_is_pointed_to_and_the_older_one_stays(world, full, paper, as_):
    newer = issued(full.board, world.cas)
    shown = page(as_(world.lee), paper)
    assert f'<a href="{newer.get_absolute_url()}">Read that one</a>' in shown
    assert "Read that one" not in page(as_(world.lee), newer)


# --- Consent and visibility come first ------------------------------------------------------------


def test_a_voice_that_is_taken_back_is_gone_from_page_pdf_and_database(world, full, paper, as_):
    assert VOICE in page(as_(world.lee), paper)
    consenting.take_back(voice=full.voice, by=world.ana, at=timezone.now())
    for reader in (world.lee, world.cas):
        shown = page(as_(reader), paper)
        assert VOICE not in shown
        assert "We ring on the day now." not in shown
        assert "One voice is no longer here: it was taken back since" in shown
        assert VOICE not in str(read(paper, fresh(reader), TODAY))
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE t::text LIKE %s', [f"%{VOICE}%"]
            )
            assert cursor.fetchone()[0] == 0, table


def test_a_consent_that_ends_or_no_longer_names_this_board_hides_the_voice(world, full, paper):
    reader = fresh(world.lee)
    assert len(read(paper, reader, TODAY).voices.rows) == 1
    assert read(paper, reader, date(2100, 1, 1)).voices.rows == []
    give_consent(full.voice, by=world.ana, until=date(2099, 1, 1), to_board=False)
    assert read(paper, reader, TODAY).voices.rows == []


def test_a_voice_that_may_not_be_heard_there_is_on_no_paper(world, full):
    make_voice(world.ana, full.leader, "For Lee alone.", checker=world.cas)
    drafted = read(make_paper(full.board, world.cas), world.cas, TODAY)
    assert [one.words.paragraphs for one in drafted.voices.rows] == [(VOICE,)]


def test_a_story_goes_when_its_teller_takes_it_back_or_leaves(world, full, paper, as_):
    other = make_person(world.hostel, name="Noor Saleh")
    noors = make_story(other, "Nights", words="I stayed for the nights.")
    both = issued(full.board, world.cas, stories=[full.story, noors])
    lee = as_(world.lee)
    assert STORY in page(lee, both)
    assert "I stayed for the nights." in page(lee, both)
    stories.take_back(story=full.story, by=world.ana, at=timezone.now())
    assert STORY not in page(lee, both)
    assert "One story is no longer here" in page(lee, paper)
    leave(by=fresh(other), went_to="unknown", at=timezone.now())
    shown = page(lee, both)
    assert "I stayed for the nights." not in shown
    assert "Noor Saleh" not in shown
    assert "2 stories are no longer here" in shown


def test_who_leaves_is_named_on_no_paper(world, full, paper, as_):
    leave(by=fresh(world.cas), went_to="unknown", at=timezone.now())
    shown = page(as_(world.lee), paper)
    assert "Cas Mendes" not in shown
    assert VOICE in shown


def test_a_barrier_that_is_hidden_or_set_aside_since_is_gone(world, full, paper, as_):
    lee = as_(world.lee)
    assert BARRIER in page(lee, paper)
    assert BARRIER in page(lee, issued(full.board, world.cas))
    for change in ({"state": "set_aside"}, {"state": "raised", "way": "hidden"}):
        Barrier.objects.filter(pk=full.barrier.pk).update(**change)
        for reader in (world.lee, world.cas):
            shown = page(as_(reader), paper)
            assert BARRIER not in shown
            assert "One barrier is no longer here" in shown


def test_what_is_hidden_from_an_organisation_is_on_no_paper(world, full):
    make_barrier(world.zed, "Not for print.", leader=full.leader, way="hidden")
    drafted = read(make_paper(full.board, world.cas), world.cas, TODAY)
    assert [one.what for one in drafted.barriers.rows] == [BARRIER]
    assert "One barrier waits for somebody here to change it." in drafted.waits


def test_words_changed_since_are_said_to_be(world, full, paper, as_):
    Barrier.objects.filter(pk=full.barrier.pk).update(what="The form is gone.", version=2)
    shown = page(as_(world.lee), paper)
    assert "The form is gone." in shown
    assert "1 of these reads as its owner has changed it since" in shown


def test_the_words_of_a_promise_are_for_those_who_could_read_them_anyway(world, full, paper, as_):
    """Ruth’s fellow member sees who promised and by when; Lee, who promised, and Cas also what."""
    other = make_person(world.board, name="Ines Rocha")
    full.board.members.add(make_leader(other))
    assert PROMISE in page(as_(world.lee), paper)
    assert PROMISE in page(as_(world.cas), paper)
    shown = page(as_(other), paper)
    assert PROMISE not in shown
    assert "<b>Lee Whitaker</b> made a promise." in shown
    assert "Where it does not say what was promised" in shown
    assert "Whoever you hand a copy to reads it too." not in shown
    assert "Whoever you hand a copy to reads it too." in page(as_(world.cas), paper)
    full.promise.delete()
    assert "One promise is no longer here" in page(as_(other), paper)


# --- What waits -----------------------------------------------------------------------------------


def test_what_waits_for_the_board_stands_first(world, full):
    told = TODAY - timedelta(days=41)
    make_voice(world.ana, full.board, checker=world.cas, told_on=told, scope={"to_board": True})
    make_commitment(full.request, timezone.now(), due_on=TODAY - timedelta(days=3))
    paper = read(make_paper(full.board, world.cas, period=str(TODAY.year)), world.cas, TODAY)
    assert list(paper.waits) == [
        "One voice waits for an answer. It was sent 40 days ago; answers are due in 28.",
        "One barrier waits for somebody here to change it.",
        "2 promises to workers are due within three months. One is past its day.",
    ]
    assert paper.voices.rows[0].late
    assert "No answer yet. An answer was due by" in paper.voices.rows[0].state


def test_an_empty_board_gets_a_paper_that_says_so(world, as_):
    paper = issued(make_board(make_leader(world.lee)), world.cas)
    shown = page(as_(world.lee), paper)
    assert "Nothing waits for this board." in shown
    assert "None in this time." in shown


def test_barriers_said_to_be_changed_wait_for_who_raised_them_and_not_for_the_board(world, full):
    make_barrier(world.ana, "Changed already.", leader=full.leader, state="changed")
    drafted = read(make_paper(full.board, world.cas), world.cas, TODAY)
    assert [one.what for one in drafted.barriers.rows] == [BARRIER]


# --- Told, edited, counted ------------------------------------------------------------------------


def test_those_of_the_board_are_told_in_words_without_a_story(world, full, paper, as_):
    told = Notification.objects.filter(event__verb="board_paper.issued")
    assert [one.recipient for one in told] == [world.lee]
    assert (
        "There is a new paper for a board you sit on."
        in as_(world.lee).get("/noticed/").content.decode()
    )
    said = [str(row) for row in Event.objects.values()] + [str(r) for r in Letter.objects.values()]
    for words in (VOICE, BARRIER, PROMISE, STORY, full.board.name):
        assert not [one for one in said if words in one]


def test_an_edit_made_on_an_older_version_shows_both_and_overwrites_nothing(world, full, as_):
    it = make_paper(full.board, world.cas, words="First words.")
    cas, typed = as_(world.cas), {"board": full.board.pk, "period": PERIOD}
    address = f"{it.get_absolute_url()}edit/"
    assert cas.post(address, typed | {"words": "Mine.", "version": "1"}).status_code == 302
    late = cas.post(address, typed | {"words": "Typed at the same time.", "version": "1"})
    assert late.status_code == 409
    assert "Mine." in late.content.decode()
    assert "Typed at the same time." in late.content.decode()
    assert BoardPaper.objects.get().words == "Mine."
    cas.post(f"{it.get_absolute_url()}issuing/", {"version": "1"})
    assert BoardPaper.objects.get().state == "draft"


def test_hostile_answers_get_a_form_error_and_keep_nothing(world, full, as_):
    cas = as_(world.cas)
    for typed in (
        {"words": "a\x00b"},
        {"words": "x" * 601},
        {"period": "2026-03"},
        {"meets_on": "0000-00-00"},
        {"stories": ["99999999999999999999", "x"]},
        {"board": "' OR 1=1"},
    ):
        answer = cas.post("/board-papers/new/", {"board": full.board.pk, "period": PERIOD} | typed)
        assert answer.status_code in (200, 400), typed
    assert not BoardPaper.objects.exists()


def test_who_made_a_paper_takes_their_words_with_them(world, full):
    make_paper(full.board, world.cas, words="What I said first.")
    sections = {one.key: list(one.rows) for one in everything_about(world.cas)}
    assert sections["boardpapers"][0]["what you said first"] == "What I said first."


def test_as_many_queries_for_one_as_for_thirty(world, full, as_):
    lee, cas = as_(world.lee), as_(world.cas)

    def counted(paper) -> list[int]:
        found = []
        for browser in (lee, cas):
            for address in ("/board-papers/", paper.get_absolute_url(), "/boards/"):
                with CaptureQueriesContext(connection) as queries:
                    assert browser.get(address).status_code == 200
                found.append(len(queries))
        return found

    first = counted(issued(full.board, world.cas, stories=[full.story]))
    told = [full.story, *(make_story(make_person(world.hostel)) for _ in range(2))]
    for number in range(29):
        voice = make_voice(
            world.ana, full.board, f"{number}", checker=world.cas, scope={"to_board": True}
        )
        respond(voice, world.lee)
        claim(voice)
        make_barrier(world.ana, f"Barrier {number}", leader=full.leader)
        make_commitment(full.request, timezone.now(), words=f"Promise {number}")
        issued(full.board, world.cas)
    assert counted(issued(full.board, world.cas, stories=told)) == first
    assert first[0] <= 8
    assert first[3] <= 8


def test_a_step_out_of_turn_is_told_in_words(world, paper, as_):
    with pytest.raises((WrongState, Refused)):
        issue(paper, world.cas)
    answer = as_(world.cas).post(f"{paper.get_absolute_url()}issuing/", {"version": "1"})
    assert answer.status_code == 403
    assert "stays as it is" in answer.content.decode()


@pytest.mark.django_db(transaction=True)
def test_two_who_issue_it_at_once_issue_it_once():
    world = build_world()
    paper = make_paper(full_board(world).board, world.cas)
    gate, refused = Gate(2), []

    def press() -> None:
        by = Person.objects.get(pk=world.cas.pk)
        gate.wait()
        try:
            issue(paper, by)
        except (Refused, WrongState) as error:
            refused.append(error)
        finally:
            connection.close()

    both = [Thread(target=press) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()
    assert len(refused) == 1
    assert Event.objects.filter(verb="board_paper.issued").count() == 1
