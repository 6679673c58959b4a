"""Exercises: the seven that come with the software, those people add, and what is filled in."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from labs import built_in_tools
from labs.actions import canvases, tools
from labs.actions.labs import running
from labs.models import Canvas, CanvasAnswer, CanvasShare, LabMember, Tool, ToolQuestion
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Event, Letter, Notification, Thread
from systemschangers.kernel.policy import Refused
from systemschangers.kernel.threads import threads_of
from tests import steps
from tests.factories import make_win
from tests.factories.labs import join, make_lab
from tests.factories.tools import built_in, make_canvas, make_tool, share, share_with_lab

pytestmark = pytest.mark.django_db
SEVEN = {
    "zoom-out",
    "five-whys",
    "iceberg",
    "who-holds-the-power",
    "feedback-loop",
    "rule-or-habit",
    "from-their-chair",
}


def test_the_seven_are_there_after_migrating_each_whole():
    built = Tool.objects.filter(key__isnull=False).prefetch_related("questions")
    assert {tool.key for tool in built} == SEVEN
    for tool in built:
        questions = list(tool.questions.all())
        assert all((tool.purpose, tool.example, tool.source)), tool
        assert 5 <= len(questions) <= 7, tool
        assert all(one.example for one in questions), tool


def test_laid_out_anew_their_words_follow_the_file_and_nothing_is_doubled():
    Tool.objects.filter(key="iceberg").update(title="Old", purpose="Old")
    ToolQuestion.objects.filter(tool__key="iceberg", place=1).update(asked="Old?")
    extra = ToolQuestion.objects.create(tool=built_in("iceberg"), place=9, asked="Gone since?")
    before = ToolQuestion.objects.count()
    built_in_tools.lay_out()
    tool = built_in("iceberg")
    assert tool.title == "The iceberg"
    assert tool.questions.first().asked == "The tip: what happened?"
    assert not ToolQuestion.objects.filter(pk=extra.pk).exists()
    assert (Tool.objects.count(), ToolQuestion.objects.count()) == (7, before - 1)


def test_managers_and_those_who_run_cohorts_add_their_own_and_others_do_not(world, now):
    for person in (world.mo, world.cas):
        assert make_tool(person).made_by == person
    for person in (world.ana, world.lee, world.sam, world.ada):
        with pytest.raises(Refused, match="Managers, facilitators"):
            make_tool(person)
    lab = make_lab(world.ana, now)
    assert make_tool(world.ana).made_by == world.ana, "who facilitates a lab may"
    join(lab, world.zed, world.ana, now)
    with pytest.raises(Refused):
        make_tool(world.zed)


def test_what_was_filled_in_keeps_the_questions_it_was_asked(world, as_):
    tool = make_tool(world.mo)
    canvas = make_canvas(world.ana, tool=tool)
    url = f"{tool.get_absolute_url()}edit/"
    given = {"title": "Another", "purpose": "P.", "questions": "One?\n\nTwo?\nThree?"}
    as_(world.mo).post(url, given | {"version": 1})
    tool.refresh_from_db()
    assert [one.asked for one in tool.questions.all()] == ["One?", "Two?", "Three?"]
    assert [one.asked for one in canvas.answers.all()] == [
        "Who is missing?",
        "What would they say?",
    ]
    assert Canvas.objects.get().title == "The empty chair"
    late = as_(world.cas).post(url, given | {"title": "Mine", "version": 1}).content.decode()
    assert "How it stands now" in late
    assert "Mine" in late
    tool.refresh_from_db()
    assert tool.title == "Another"


@pytest.mark.parametrize(
    ("questions", "said"), [(["", "  "], "at least one"), ([f"{n}?" for n in range(11)], "11")]
)
def test_an_exercise_has_one_to_ten_questions(questions, said, world):
    with pytest.raises(ValidationError, match=said):
        make_tool(world.mo, questions=questions)
    assert not Tool.objects.filter(key=None).exists()


TAKERS = {
    "RETIRE": lambda tool, by, at: tools.retire(tool=tool, by=by, at=at),
    "OFFER_AGAIN": lambda tool, by, at: tools.offer_again(tool=tool, by=by, at=at),
}


@pytest.mark.parametrize("case", steps.cases(Tool), ids=str)
def test_each_step_of_a_tool(case, world, now):
    def make(state: str) -> Tool:
        tool = make_tool(world.mo)
        return tool if state == "offered" else tools.retire(tool=tool, by=world.mo, at=now)

    steps.check(case, make=make, take=lambda tool: TAKERS[case.name](tool, world.mo, now), may=True)


def test_every_step_of_a_tool_has_an_action():
    steps.insist_on_all(Tool, TAKERS)


def test_a_retired_one_is_gone_for_others_and_can_be_finished_by_who_began(world, as_, now):
    tool = make_tool(world.mo)
    canvas = make_canvas(world.ana, tool=tool, done=False)
    tools.retire(tool=tool, by=world.mo, at=now)
    assert as_(world.ana).get(tool.get_absolute_url()).status_code == 404
    assert as_(world.cas).get(tool.get_absolute_url()).status_code == 200
    assert canvases.finish(canvas=canvas, by=world.ana, at=now).state == "done"
    with pytest.raises(Refused, match="no longer offered"):
        canvases.begin(tool=Tool.objects.get(pk=tool.pk), by=world.mo, at=now)


def test_the_seven_are_nobodys_to_change(world, now):
    for act in (tools.retire, tools.offer_again):
        with pytest.raises(Refused, match="comes with the software"):
            act(tool=built_in(), by=world.cas, at=now)


# --- Filled in ------------------------------------------------------------------------------------


def test_a_canvas_is_its_authors_alone_until_shared_and_again_after(world, as_, now):
    canvas = make_canvas(world.ana)
    everybody = (world.mo, world.dee, world.lee, world.cas, world.sam, world.zed, world.ada)

    def readers() -> list:
        pages = ("", "sheet/")
        return [
            person
            for person in everybody
            if {as_(person).get(canvas.get_absolute_url() + page).status_code for page in pages}
            == {200}
        ]

    assert readers() == []
    shared = share(canvas, world.zed)
    assert readers() == [world.zed]
    page = as_(world.zed).get(canvas.get_absolute_url()).content.decode()
    assert "Shared with you" in page
    assert "/canvases/answers/" not in page
    assert "/sharing/" not in page
    as_(world.ana).post(f"/canvases/shares/{shared.pk}/removal/")
    assert readers() == []


def test_whom_it_is_shared_with_hears_once_without_a_word_of_it_in_the_letter(world, now):
    canvas = make_canvas(world.ana)
    share(canvas, world.zed)
    share(canvas, world.zed)
    assert Notification.objects.get().recipient == world.zed
    assert CanvasShare.objects.count() == 1
    assert not Letter.objects.filter(text__contains="housing list").exists()
    assert "housing" not in str(list(Event.objects.values_list("data", flat=True)))


# --- In a lab -------------------------------------------------------------------------------------


@pytest.fixture
def lab(world, now):
    """Cas's; Ana is in it as herself, Sam as “Robin”, and somebody by a card."""
    lab = make_lab(world.cas, now)
    join(lab, world.ana, world.cas, now)
    join(lab, world.sam, world.cas, now, "service_user", alias="Robin")
    return lab


def test_shared_into_a_lab_its_members_read_it_and_nobody_else(world, as_, now, lab):
    canvas = make_canvas(world.ana)
    shared = share_with_lab(canvas, lab)
    cast = (world.mo, world.dee, world.lee, world.cas, world.sam, world.zed, world.ada)

    def readers() -> list:
        url = canvas.get_absolute_url()
        return [person for person in cast if as_(person).get(url).status_code == 200]

    assert readers() == [world.cas, world.sam]
    page = as_(world.sam).get(lab.get_absolute_url()).content.decode()
    assert "Exercises shared here" in page
    assert canvas.get_absolute_url() in page
    LabMember.objects.filter(person=world.sam).update(left_at=now)
    assert readers() == [world.cas]
    canvases.stop_sharing(shared=shared, by=world.ana, at=now)
    assert readers() == []


def test_in_a_lab_it_stands_under_the_alias_its_author_has_there(world, as_, now, lab):
    win = make_win(world.sam, "I was let in.")
    canvas = make_canvas(world.sam, started_from=win)
    share_with_lab(canvas, lab)
    for page in (
        as_(world.ana).get(lab.get_absolute_url()),
        as_(world.ana).get(canvas.get_absolute_url()),
        as_(world.ana).get(f"{canvas.get_absolute_url()}sheet/"),
        as_(world.ana).get("/canvases/?of=others"),
    ):
        html = page.content.decode()
        assert "Robin" in html
        assert "Sam" not in html
    noticed = as_(world.ana).get("/noticed/").content.decode()
    assert "shared in a lab of yours" in noticed
    assert "Sam" not in noticed
    html = as_(world.ana).get(canvas.get_absolute_url()).content.decode()
    assert "I was let in." not in html  # its page says whose it is
    share(canvas, world.ana)
    assert "By Sam." in as_(world.ana).get(canvas.get_absolute_url()).content.decode()


def test_who_came_by_a_card_reads_what_their_lab_was_given_and_nothing_round_it(
    world, as_, now, lab
):
    carded = join(lab, None, world.cas, now, name="Kit").person
    win = make_win(world.ana, "Everyone here may read this.")
    canvas = make_canvas(world.ana, started_from=win)
    share_with_lab(canvas, lab)
    kit = as_(carded)
    html = kit.get(canvas.get_absolute_url()).content.decode()
    assert "Three people lost their place" in html
    assert "Everyone here may read this." not in html
    assert kit.get(make_canvas(world.ana).get_absolute_url()).status_code == 404
    assert kit.get("/tools/").status_code == 403


def test_only_members_share_into_a_lab_while_it_goes_on(world, now, lab):
    with pytest.raises(Refused, match="Only members of this lab"):
        share_with_lab(make_canvas(world.zed), lab)
    running.end(lab=lab, by=world.cas, at=now)
    lab.refresh_from_db()
    with pytest.raises(Refused, match="has ended"):
        share_with_lab(make_canvas(world.ana), lab)


def test_the_form_offers_ones_own_labs_and_asks_for_one_or_a_person(world, as_, lab):
    canvas = make_canvas(world.ana)
    url = f"{canvas.get_absolute_url()}sharing/"
    ana = as_(world.ana)
    assert lab.question in ana.get(url).content.decode()
    empty = ana.post(url, {"person": "", "lab": ""}).content.decode()
    assert "Choose a lab, or name a person." in empty
    assert ana.post(url, {"person": "zed@example.org", "lab": lab.pk}).status_code == 302
    assert CanvasShare.objects.count() == 2
    other = make_canvas(world.zed)
    page = as_(world.zed).get(f"{other.get_absolute_url()}sharing/").content.decode()
    assert lab.question not in page
    refused = as_(world.zed).post(
        f"{other.get_absolute_url()}sharing/", {"person": "", "lab": lab.pk}
    )
    assert refused.status_code == 200
    assert not other.shares.exists()


def test_what_is_not_finished_is_not_shared(world, now):
    canvas = make_canvas(world.ana, done=False)
    with pytest.raises(Refused, match="Finish it first"):
        canvases.share(canvas=canvas, person=world.zed, by=world.ana, at=now)
    with pytest.raises(Refused, match="Only whoever filled this in"):
        canvases.share(canvas=make_canvas(world.ana), person=world.zed, by=world.mo, at=now)
    with pytest.raises(ValidationError, match="That is you"):
        share(make_canvas(world.ana), world.ana)


def test_sharing_tells_nothing_of_what_it_started_from_to_who_may_not_see_that(world, as_):
    win = make_win(world.mo, "Only the team reads this.", visibility="service")
    canvas = make_canvas(world.ana, started_from=win)
    share(canvas, world.zed)
    assert [tied.thing for tied in threads_of(canvas, world.ana)] == [win]
    assert threads_of(canvas, world.zed) == []
    assert "Only the team" not in as_(world.zed).get(canvas.get_absolute_url()).content.decode()
    assert "Only the team" in as_(world.ana).get(canvas.get_absolute_url()).content.decode()
    page = as_(world.dee).get(win.get_absolute_url()).content.decode()
    assert "filled-in exercise" not in page


def test_finishing_needs_one_answer_and_pressing_twice_does_it_once(world, now):
    canvas = canvases.begin(tool=built_in(), by=world.ana, at=now)
    with pytest.raises(ValidationError, match="at least one"):
        canvases.finish(canvas=canvas, by=world.ana, at=now)
    answer = canvas.answers.last()
    canvases.answer(answer=answer, words="The form.", version=1, by=world.ana, at=now)
    canvases.finish(canvas=canvas, by=world.ana, at=now)
    canvases.finish(canvas=canvas, by=world.ana, at=now)
    canvas.refresh_from_db()
    assert (canvas.about, canvas.finished_at) == ("The form.", now)
    assert Event.objects.filter(verb="canvas.done").count() == 1


def test_a_canvas_has_one_step_and_it_may_be_taken_again(world, now):
    assert list(steps.steps_of(Canvas)) == ["FINISH"]
    done = make_canvas(world.ana)
    Canvas.FINISH.apply(done)
    done.state = "nonsense"
    with pytest.raises(WrongState):
        Canvas.FINISH.apply(done)


def test_an_answer_changed_on_another_phone_is_shown_beside_this_one(world, as_, now):
    canvas = canvases.begin(tool=built_in(), by=world.ana, at=now)
    answer, ana = canvas.answers.first(), as_(world.ana)
    url = answer.get_absolute_url()
    ana.post(url, {"words": "From the bus.", "version": 1, "later": "1"})
    both = ana.post(url, {"words": "From the desk.", "version": 1}).content.decode()
    assert "From the bus." in both
    assert "From the desk." in both
    assert CanvasAnswer.objects.get(pk=answer.pk).words == "From the bus."
    assert ana.post(url, {"words": "From the desk.", "version": 2}).status_code == 302
    assert CanvasAnswer.objects.get(pk=answer.pk).words == "From the desk."


def test_going_back_keeps_what_was_typed_and_the_next_time_one_goes_on_there(world, as_, now):
    canvas = canvases.begin(tool=built_in(), by=world.ana, at=now)
    first, second, third = canvas.answers.all()[:3]
    ana = as_(world.ana)
    ana.post(first.get_absolute_url(), {"words": "A.", "version": 1})
    went = ana.post(second.get_absolute_url(), {"words": "B.", "version": 1, "back": "1"})
    assert went.url == first.get_absolute_url()
    assert CanvasAnswer.objects.get(pk=second.pk).words == "B."
    page = ana.get(canvas.get_absolute_url())
    assert page.context["next"] == third
    assert "Question 3 of 7" in ana.get(third.get_absolute_url()).content.decode()


def test_a_choice_that_is_none_is_refused_in_words(world, as_, now):
    canvas = canvases.begin(tool=built_in("rule-or-habit"), by=world.ana, at=now)
    answer = canvas.answers.exclude(options="").get()
    page = as_(world.ana).post(answer.get_absolute_url(), {"words": "Perhaps", "version": 1})
    assert page.status_code == 200
    assert "There is a problem" in page.content.decode()


def test_removed_it_is_gone_with_its_threads_and_shares(world, as_, now):
    canvas = make_canvas(world.ana, started_from=make_win(world.ana))
    share(canvas, world.zed)
    assert as_(world.ana).post(f"{canvas.get_absolute_url()}removal/").status_code == 302
    assert [Canvas.objects.count(), CanvasShare.objects.count()] == [0, 0]
    assert not Thread.objects.exists()
    assert as_(world.zed).get("/noticed/").status_code == 200


@pytest.mark.parametrize("address", ["/tools/", "/canvases/", "/canvases/?of=others"])
def test_as_many_queries_for_one_row_as_for_thirty(address, world, as_):
    ana = as_(world.ana)

    def one(number: int) -> None:
        make_tool(world.mo, f"Number {number}")
        make_canvas(world.ana, done=number % 2 == 0)
        share(make_canvas(world.zed), world.ana)

    one(0)
    ana.get(address)
    with CaptureQueriesContext(connection) as few:
        ana.get(address)
    for number in range(1, 30):
        one(number)
    with CaptureQueriesContext(connection) as many:
        ana.get(address)
    print(f"\n{address}: {len(many)} queries")
    assert len(few) == len(many) <= 8, [query["sql"][:120] for query in many]


def test_a_canvas_takes_as_many_queries_however_many_read_it(world, as_):
    canvas, ana = make_canvas(world.ana, started_from=make_win(world.ana)), as_(world.ana)
    share(canvas, world.zed)
    with CaptureQueriesContext(connection) as few:
        ana.get(canvas.get_absolute_url())
    for person in (world.mo, world.dee, world.lee, world.cas):
        share(canvas, person)
    with CaptureQueriesContext(connection) as many:
        ana.get(canvas.get_absolute_url())
    assert len(few) == len(many) <= 10, [query["sql"][:120] for query in many]
