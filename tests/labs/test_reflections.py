"""The journal: its author's, and nobody else's in any way; and words of it that become something."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cohorts.actions import leaving
from labs import reflections_personal_data, tools_personal_data
from labs.actions import reflections
from labs.models import Barrier, Canvas, Passage, PromptChoice, Reflection, Tool
from systemschangers.kernel.models import Event, Letter, Notification, Thread
from systemschangers.kernel.policy import Refused
from systemschangers.kernel.threads import threads_of
from tests.factories.barriers import make_barrier
from tests.factories.time import make_time
from tests.factories.tools import make_canvas, make_reflection, make_tool, share
from wins.models import Win

pytestmark = pytest.mark.django_db
SECRET = "Zuckerbrot und Peitsche"


def test_nobody_but_its_author_has_a_way_in(world, as_):
    make_reflection(world.ana, SECRET)
    page = Reflection.objects.get()
    for person in (world.mo, world.dee, world.lee, world.cas, world.sam, world.zed, world.ada):
        assert not Reflection.objects.visible_to(person).exists()
        for address in ("", "edit/", "removal/", "passage/"):
            assert as_(person).get(page.get_absolute_url() + address).status_code == 404
        for address in ("/reflections/", "/", "/noticed/", f"/people/{world.ana.pk}/"):
            assert SECRET not in as_(person).get(address, follow=True).content.decode()
    for model in (Reflection, Passage, Canvas):
        assert model not in admin.site._registry


def test_no_word_of_it_is_written_anywhere_else(world, as_):
    as_(world.ana).post("/reflections/new/", {"words": SECRET, "prompt": "P?"})
    assert Reflection.objects.get().words == SECRET
    found = []
    for model in apps.get_models():
        table = model._meta.db_table
        if model is Reflection or not model._meta.managed:
            continue
        with connection.cursor() as cursor:
            cursor.execute(
                f'SELECT count(*) FROM "{table}" AS row WHERE row::text LIKE %s', [f"%{SECRET}%"]
            )
            if cursor.fetchone()[0]:
                found.append(table)
    assert found == []
    assert [Notification.objects.count(), Letter.objects.count()] == [0, 0]


def test_one_may_not_act_on_anothers_page_even_by_hand(world, now):
    page = make_reflection(world.ana)
    given = {"reflection": page, "by": world.cas, "at": now}
    for act, more in (
        (reflections.change, {"words": "Mine.", "version": 1}),
        (reflections.remove, {}),
        (reflections.take_passage, {"kind": "barrier", "words": "Mine."}),
    ):
        with pytest.raises(Refused, match="Only whoever wrote this"):
            act(**given, **more)
    with pytest.raises(Refused, match="not your time"):
        reflections.write(words="A.", time=make_time(world.ana), by=world.zed, at=now)


def test_an_empty_page_is_refused_in_words(world, now, as_):
    with pytest.raises(ValidationError, match="A few words"):
        reflections.write(words="  ", by=world.ana, at=now)
    answer = as_(world.ana).post("/reflections/new/", {"words": "   "})
    assert answer.status_code == 200
    assert not Reflection.objects.exists()


def test_a_question_is_offered_and_another_is_a_tap_away(as_, ana):
    page = as_(ana).get("/reflections/new/?prompt=0").content.decode()
    assert "What did I see this week that nobody asked me about?" in page
    assert "?prompt=1" in page
    for nonsense in ("x", "9" * 30, "-1", "²"):
        assert as_(ana).get("/reflections/new/", {"prompt": nonsense}).status_code == 200


def test_it_may_say_in_which_time_it_was_written_if_that_was_ones_own(world, as_):
    time = make_time(world.ana, state="taken", purpose="stand_back")
    url = f"/time/{time.pk}/"
    page = as_(world.ana).get(url).content.decode()
    assert f"/reflections/new/?time={time.pk}" in page
    assert "/reflections/new/" not in as_(world.mo).get(url).content.decode()
    as_(world.ana).post("/reflections/new/", {"words": "Mine.", "time": time.pk})
    as_(world.zed).post("/reflections/new/", {"words": "Not mine.", "time": time.pk})
    page = Reflection.objects.get(author=world.ana)
    assert page.time == time
    assert url in as_(world.ana).get(page.get_absolute_url()).content.decode()
    assert Reflection.objects.get(author=world.zed).time is None


def test_changed_on_another_phone_both_are_shown(world, as_):
    page, ana = make_reflection(world.ana, "As it was."), as_(world.ana)
    url = f"{page.get_absolute_url()}edit/"
    ana.post(url, {"words": "Changed elsewhere.", "version": 1})
    both = ana.post(url, {"words": "Changed here.", "version": 1}).content.decode()
    assert "Changed elsewhere." in both
    assert "Changed here." in both
    page.refresh_from_db()
    assert page.words == "Changed elsewhere."


def test_a_passage_begins_a_win_that_is_a_draft_only_its_author_sees(world, as_):
    page = make_reflection(world.ana, f"Before. {SECRET}. After.")
    given = {"words": "The door stayed open.", "kind": "win"}
    answer = as_(world.ana).post(f"{page.get_absolute_url()}passage/", given)
    win = Win.objects.get()
    assert (win.state, win.visibility) == ("draft", "only_me")
    assert win.what_happened == "The door stayed open."
    assert answer.url == f"/wins/{win.pk}/edit/"
    Win.objects.update(state="logged", visibility="everyone", logged_at=page.made_at)
    win = Win.objects.get()
    assert [tied.thing for tied in threads_of(win, world.ana)] == [page]
    for reader in (world.mo, world.cas, world.ada):
        assert threads_of(win, reader) == []
        seen = as_(reader).get(win.get_absolute_url()).content.decode()
        assert "reflection" not in seen
        assert SECRET not in seen


def test_a_passage_fills_in_a_barrier_and_nothing_is_raised_by_it(world, as_):
    page, ana = (
        make_reflection(world.ana, "The form asks for an address. I hate it."),
        as_(world.ana),
    )
    given = {"words": "The form asks for an address.", "kind": "barrier"}
    url = ana.post(f"{page.get_absolute_url()}passage/", given).url
    assert not Barrier.objects.exists()
    assert "The form asks for an address." in ana.get(url).content.decode()
    assert "The form asks for" not in as_(world.mo).get(url).content.decode()
    ana.post(url, {"what": "The form asks for an address.", "way": "named", "service": ""})
    barrier = Barrier.objects.get()
    assert not Passage.objects.exists()
    assert [tied.thing for tied in threads_of(barrier, world.ana)] == [page]
    assert threads_of(barrier, world.cas) == []


def test_removed_it_is_gone_and_what_came_of_it_stays_untied(world, as_, now):
    page = make_reflection(world.ana)
    passage = Passage.objects.create(reflection=page, kind="barrier", words="A.", made_at=now)
    barrier = make_barrier(world.ana)
    reflections.passage_became(passage=passage, thing=barrier, by=world.ana, at=now)
    as_(world.ana).post(f"{page.get_absolute_url()}removal/")
    assert [Reflection.objects.count(), Thread.objects.count()] == [0, 0]
    assert Barrier.objects.filter(pk=barrier.pk).exists()


def test_as_many_queries_for_one_page_as_for_thirty(world, as_):
    ana = as_(world.ana)
    make_reflection(world.ana)
    ana.get("/reflections/")
    with CaptureQueriesContext(connection) as few:
        ana.get("/reflections/")
    for number in range(29):
        make_reflection(world.ana, f"Number {number}.")
    with CaptureQueriesContext(connection) as many:
        ana.get("/reflections/")
    print(f"\n/reflections/: {len(many)} queries")
    assert len(few) == len(many) <= 8


# --- Taking everything out, and leaving -------------------------------------------------------------


def told(person) -> dict[str, list]:
    tellers = (reflections_personal_data.tell_reflections, tools_personal_data.tell_tools)
    return {section.key: list(section.rows) for tell in tellers for section in tell(person)}


def test_everything_of_ones_own_is_told_and_nothing_of_others(world, now):
    make_reflection(world.ana, SECRET)
    share(make_canvas(world.ana), world.zed)
    make_tool(world.mo)
    PromptChoice.objects.create(person=world.ana, way="home", chosen_at=now)
    own = told(world.ana)
    assert own["reflections"][0]["your words"] == SECRET
    assert own["canvases"][0]["shared with"] == ["Zed Kowalski"]
    assert "Three people lost their place" in own["canvases"][0]["answers"][0]
    assert len(own["prompt_choice"]) == 1
    assert told(world.mo)["tools"][0]["title"] == "The empty chair"
    assert all(rows == [] for rows in told(world.zed).values())


def test_leaving_takes_the_journal_and_what_was_filled_in_and_leaves_tools_without_a_name(
    world, now, as_
):
    make_reflection(world.mo, SECRET)
    canvas = make_canvas(world.mo, started_from=make_barrier(world.zed))
    share(canvas, world.zed)
    share(make_canvas(world.zed), world.mo)
    tool = make_tool(world.mo)
    leaving.leave(by=world.mo, went_to="left", at=now)
    assert not Reflection.objects.exists()
    assert Canvas.objects.get().author == world.zed
    assert not Canvas.objects.get().shares.exists()
    assert not Thread.objects.exists()
    page = as_(world.zed).get(tool.get_absolute_url()).content.decode()
    assert "Added by Someone who has left" in page
    assert Tool.objects.filter(pk=tool.pk).exists()
    assert Event.objects.filter(verb="tool.added").exists()
