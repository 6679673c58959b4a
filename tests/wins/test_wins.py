"""A small win: logged, kept, changed, taken back, removed. What holds whatever the page looks like."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from cohorts.models import Person, Theme
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Event, Notification, Thread
from tests.factories import make_win
from tests.factories.wins_form import answers, press
from wins.actions import links
from wins.actions import wins as actions
from wins.actions.wins import Telling
from wins.models import Win, Worry
from wins.policy import may_edit, may_put_back, may_remove

WORDS = "The form got accepted on the first try."


def test_one_field_is_enough_to_log_a_win(as_, ana):
    answer = press(as_(ana), "/wins/new/", log="1", what_happened=WORDS)
    win = Win.objects.get()
    assert answer.redirect_chain[-1][0] == f"/wins/{win.pk}/"
    assert (win.what_happened, win.author, win.state) == (WORDS, ana, "logged")
    assert Event.objects.filter(verb="win.logged", target_id=str(win.pk), actor=ana).count() == 1


def test_the_form_counts_who_would_see_it(as_, ana):
    page = as_(ana).get("/wins/new/").content.decode()
    assert "My service, Street outreach (3 people)" in page
    assert "My cohort, Eastmere one (3 people)" in page
    assert "Everyone here (8 people)" in page
    assert "Only me" in page


def test_a_first_win_is_for_the_service_and_the_next_as_the_last_one(as_, ana, ada):
    form = as_(ana).get("/wins/new/").context["form"]
    assert form["visibility"].value() == f"service-{ana.reach.services[0]}"
    make_win(ana, visibility="cohort")
    form = as_(ana).get("/wins/new/").context["form"]
    assert form["visibility"].value() == f"cohort-{ana.reach.cohorts[0]}"
    form = as_(ada).get("/wins/new/").context["form"]
    assert form["visibility"].value() == "only_me", (
        "somebody without a service starts with themselves"
    )


def test_everything_that_can_be_said_is_kept(as_, ana, mo, zed):
    theme = Theme.objects.get(slug="prison-release")
    earlier = make_win(ana)
    press(
        as_(ana),
        "/wins/new/",
        log="1",
        what_happened=WORDS,
        made_hard="Nobody knew the date.",
        what_changed="Everyone leaves with a bed.",
        lens="system",
        depth="agreed",
        condition="5",
        themes=[theme.pk],
        happened_on="2026-03-02",
        helpers=[mo.pk],
        other_helpers="zed kowalski, The night porter",
        came_of=earlier.pk,
        visibility="everyone",
    )
    win = Win.objects.exclude(pk=earlier.pk).get()
    assert (win.made_hard, win.what_changed) == (
        "Nobody knew the date.",
        "Everyone leaves with a bed.",
    )
    assert (win.lens, win.depth, str(win.happened_on)) == ("system", "agreed", "2026-03-02")
    assert win.condition == 5
    page = as_(mo).get(win.get_absolute_url()).content.decode()
    assert "What made it possible" in page
    assert "My manager agrees" in page
    assert list(win.themes.all()) == [theme]
    assert {(h.person, h.name) for h in win.helpers.all()} == {
        (mo, ""),
        (zed, ""),
        (None, "The night porter"),
    }
    assert Thread.objects.get().target_id == earlier.pk
    told = Notification.objects.filter(event__verb="win.named_helper")
    assert {one.recipient for one in told} == {mo, zed}


def test_helpers_who_may_not_see_the_win_hear_nothing_of_it(ana, mo, zed, now):
    telling = Telling(WORDS, "service", service=ana.reach.services[0], helpers=(mo.pk, zed.pk))
    actions.log(telling=telling, by=ana, at=now)
    assert [told.recipient for told in Notification.objects.all()] == [mo]


def test_nobody_hears_of_a_private_win_or_a_draft(ana, mo, now):
    actions.log(telling=Telling(WORDS, "only_me", helpers=(mo.pk,)), by=ana, at=now)
    actions.save_draft(telling=Telling(WORDS, "everyone", helpers=(mo.pk,)), by=ana, at=now)
    assert not Notification.objects.exists()


def test_posting_a_win_takes_at_most_15_queries_all_told(as_, ana):
    browser = as_(ana)
    sent = answers(browser, "/wins/new/", log="1", what_happened=WORDS)
    with CaptureQueriesContext(connection) as queries:
        assert browser.post("/wins/new/", sent).status_code == 302
    print(f"posting a win: {len(queries)} queries")
    assert len(queries) <= 15, "\n".join(query["sql"][:90] for query in queries)


def test_a_wins_page_takes_as_many_queries_with_much_said_as_with_little(as_, ana, mo, zed, now):
    bare, rich = make_win(ana), make_win(ana)
    rich.themes.set(Theme.objects.all())
    for who in (mo, zed):
        rich.appreciations.create(person=who, kind="thank", made_at=now)
        rich.comments.create(author=who, words="Well done.", made_at=now)
        rich.helpers.create(person=who)
        rich.helpers.create(name=f"Friend of {who.first_name}")
    browser, counts = as_(mo), []
    for win in (bare, rich):
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(f"/wins/{win.pk}/").status_code == 200
        counts.append(len(queries))
    print(f"a win's page: {counts} queries")
    assert counts[1] <= counts[0] + 2, (
        "only the people behind thanks and helpers are fetched besides"
    )


def test_a_draft_is_its_authors_alone_until_it_is_logged(as_, ana, mo):
    answer = press(as_(ana), "/wins/new/", draft="1", what_happened=WORDS, visibility="everyone")
    win = Win.objects.get()
    assert (win.state, win.logged_at) == ("draft", None)
    assert "Kept as a draft. Only you can see it." in answer.content.decode()
    assert as_(mo).get(f"/wins/{win.pk}/").status_code == 404
    press(as_(ana), f"/wins/{win.pk}/logging/")
    assert as_(mo).get(f"/wins/{win.pk}/").status_code == 200


def test_pressing_twice_makes_one_win(as_, ana):
    browser = as_(ana)
    sent = answers(browser, "/wins/new/", log="1", what_happened=WORDS)
    first, second = (browser.post("/wins/new/", sent) for _ in range(2))
    assert first.url == second.url
    assert Win.objects.count() == 1


def test_nothing_typed_is_lost_when_something_has_to_be_mended(as_, ana):
    typed = {"what_happened": "", "made_hard": "It rained.", "happened_on": "2999-01-01"}
    page = press(as_(ana), "/wins/new/", log="1", **typed).content.decode()
    assert "Say what happened. A few words are enough." in page
    assert "That day is still to come." in page
    assert "It rained." in page
    assert '<details class="fold" open>' in page


def test_a_private_win_is_nobody_elses_business(as_, world, ana):
    win = make_win(ana, visibility="only_me")
    for name in ("mo", "dee", "lee", "cas", "sam", "zed", "ada"):
        browser = as_(getattr(world, name))
        for address in ("", "edit/", "logging/", "removal/", "photo/", "links/", "appreciations/"):
            status = browser.get(f"/wins/{win.pk}/{address}").status_code
            assert status == 404, f"{name} got {status} at {address or 'the page'}"
    assert as_(ana).get(f"/wins/{win.pk}/").status_code == 200


def test_a_worry_opens_no_way_into_a_private_win(as_, ana, mo, cas, now):
    win = make_win(ana, visibility="everyone")
    Worry.objects.create(win=win, raised_by=mo, kind="names", raised_at=now)
    Win.objects.update(visibility="only_me")
    assert as_(cas).get(f"/wins/{win.pk}/").status_code == 404


@pytest.mark.parametrize(
    ("visibility", "who_sees"),
    [
        ("service", {"ana", "mo", "dee"}),
        ("cohort", {"ana", "cas", "zed"}),
        ("everyone", {"ana", "mo", "dee", "lee", "cas", "sam", "zed", "ada"}),
        ("only_me", {"ana"}),
    ],
)
def test_a_win_is_seen_by_those_it_names(world, ana, visibility, who_sees):
    win = make_win(ana, visibility=visibility)
    cast = ("ana", "mo", "dee", "lee", "cas", "sam", "zed", "ada")
    seen = {n for n in cast if win in Win.objects.visible_to(getattr(world, n))}
    assert seen == who_sees


def test_only_its_author_may_change_take_back_or_remove_a_win(as_, ana, mo, ada):
    win = make_win(ana)
    for other in (mo, ada):
        assert "Only the person who wrote" in may_edit(other, win).reason
        browser = as_(other)
        assert browser.get(f"/wins/{win.pk}/edit/").status_code == 403
        for step in ("taking-back", "putting-back", "removal", "logging", "links", "photo/removal"):
            assert browser.post(f"/wins/{win.pk}/{step}/").status_code == 403, step
    win.refresh_from_db()
    assert (win.state, win.version) == ("logged", 1)


def test_taking_back_hides_a_win_and_putting_back_shows_it_in_its_old_place(as_, ana, mo, now):
    win = make_win(ana)
    win.comments.create(author=mo, words="Lovely.", made_at=now)
    answer = press(as_(ana), f"/wins/{win.pk}/taking-back/")
    assert "Taken back. Only you can see it now." in answer.content.decode()
    assert f"/wins/{win.pk}/putting-back/" in answer.content.decode()
    assert as_(mo).get(f"/wins/{win.pk}/").status_code == 404
    press(as_(ana), f"/wins/{win.pk}/putting-back/")
    page = as_(mo).get(f"/wins/{win.pk}/")
    assert "Lovely." in page.content.decode()
    before, win = win.logged_at, Win.objects.get()
    assert win.logged_at == before


def test_a_step_out_of_turn_is_told_in_words(as_, ana):
    win = make_win(ana)
    answer = as_(ana).post(f"/wins/{win.pk}/putting-back/")
    assert answer.status_code == 409
    assert "already “logged”" in answer.content.decode()


def test_a_win_on_the_wall_is_taken_back_before_it_can_be_removed(as_, ana):
    win = make_win(ana)
    assert (
        may_remove(ana, win).reason == "Take the win back first. Then you can remove it for good."
    )
    assert as_(ana).post(f"/wins/{win.pk}/removal/").status_code == 403
    press(as_(ana), f"/wins/{win.pk}/taking-back/")
    other = make_win(ana)
    links.link(win=other, came_of=win, by=ana, at=win.logged_at)
    press(as_(ana), f"/wins/{win.pk}/removal/")
    assert list(Win.objects.all()) == [other]
    assert not Thread.objects.exists()
    assert Event.objects.filter(verb="win.removed", target_id=str(win.pk)).exists()


def test_a_set_aside_win_says_why_and_comes_back_once_changed(as_, ana, mo, cas, now):
    win = make_win(ana)
    Worry.objects.create(
        **{"win": win, "raised_by": mo, "kind": "names", "raised_at": now, "state": "answered"},
        **{"outcome": "set_aside", "answer": "Please leave the street out."},
        **{"answered_by": cas, "answered_at": now},
    )
    Win.objects.update(state="set_aside")
    browser = as_(ana)
    assert "Please leave the street out." in browser.get(f"/wins/{win.pk}/").content.decode()
    assert as_(mo).get(f"/wins/{win.pk}/").status_code == 404
    assert browser.post(f"/wins/{win.pk}/putting-back/").status_code == 403
    win.refresh_from_db()
    actions.edit(
        win=win, telling=Telling("We moved.", "everyone"), version=1, by=ana, at=now + timedelta(1)
    )
    win.refresh_from_db()
    assert may_put_back(ana, win)
    press(browser, f"/wins/{win.pk}/putting-back/")
    assert as_(mo).get(f"/wins/{win.pk}/").status_code == 200
    assert Notification.objects.get(event__verb="win.put_back").recipient == cas


def test_an_edit_says_who_sees_it_now_when_that_changed(as_, ana, mo):
    win = make_win(ana, visibility="everyone")
    browser, service = as_(ana), f"service-{ana.reach.services[0]}"
    page = press(browser, f"/wins/{win.pk}/edit/", visibility=service).content.decode()
    assert "Now seen by the service Street outreach: 3 people." in page
    page = press(browser, f"/wins/{win.pk}/edit/", what_happened="Again.").content.decode()
    assert "Saved." in page
    assert "Now seen by" not in page


def test_an_edit_moves_what_the_card_cache_goes_by(ana, now):
    win = make_win(ana)
    actions.edit(win=win, telling=Telling("New.", "everyone"), version=1, by=ana, at=now)
    win.refresh_from_db()
    assert (win.touched_at, win.edited_at, win.version) == (now, now, 2)


def test_a_win_keeps_the_cohort_it_was_for_when_its_author_has_left_that_cohort(as_, ana):
    win = make_win(ana, visibility="cohort")
    ana.memberships.update(state="alumni")
    press(as_(ana), f"/wins/{win.pk}/edit/", what_happened="Changed a word.")
    win.refresh_from_db()
    assert (win.visibility, win.what_happened) == ("cohort", "Changed a word.")


def test_a_stale_edit_shows_both_and_overwrites_nothing(as_, ana):
    win = make_win(ana, "First words.")
    browser = as_(ana)
    old_form = answers(browser, f"/wins/{win.pk}/edit/", what_happened="Typed on the bus.")
    press(browser, f"/wins/{win.pk}/edit/", what_happened="Saved at the desk.")
    answer = browser.post(f"/wins/{win.pk}/edit/", old_form)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Typed on the bus." in page
    assert "Saved at the desk." in page
    win.refresh_from_db()
    assert win.what_happened == "Saved at the desk."
    keep_mine = old_form | {"version": "2", "submission_key": ""}
    assert browser.post(f"/wins/{win.pk}/edit/", keep_mine).status_code == 302
    win.refresh_from_db()
    assert win.what_happened == "Typed on the bus."


def test_going_on_from_a_stale_edit_gives_the_form_with_what_was_typed(as_, ana):
    win = make_win(ana, "First words.")
    browser = as_(ana)
    form = answers(browser, f"/wins/{win.pk}/edit/", what_happened="Typed on the bus.", again="1")
    answer = browser.post(f"/wins/{win.pk}/edit/", form)
    assert answer.status_code == 200
    assert "Typed on the bus." in answer.content.decode()
    win.refresh_from_db()
    assert win.what_happened == "First words."


def test_a_form_opened_on_a_draft_changes_nothing_that_was_logged_meanwhile(as_, ana, now):
    win = make_win(ana, "A draft.", state="draft")
    browser = as_(ana)
    old_form = answers(browser, f"/wins/{win.pk}/edit/", what_happened="Rang Mrs Begum.", draft="1")
    actions.log_draft(win=win, version=1, by=ana, at=now)
    assert browser.post(f"/wins/{win.pk}/edit/", old_form).status_code == 409
    win.refresh_from_db()
    assert win.what_happened == "A draft."


@pytest.mark.django_db(transaction=True)
def test_of_two_edits_at_the_same_moment_one_is_saved_and_the_other_is_told(ana, now):
    win = make_win(ana)
    outcomes, start = [], threading.Barrier(2)

    def edit(words: str) -> None:
        try:
            start.wait()
            telling = Telling(words, "everyone")
            by = Person.objects.get(pk=ana.pk)
            actions.edit(win=win, telling=telling, version=1, by=by, at=now)
            outcomes.append(words)
        except actions.EditedMeanwhile as meanwhile:
            outcomes.append(("told", meanwhile.now.what_happened))
        finally:
            connection.close()

    threads = [threading.Thread(target=edit, args=(words,)) for words in ("One.", "Two.")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    saved = next(one for one in outcomes if isinstance(one, str))
    assert ("told", saved) in outcomes
    assert (Win.objects.get().what_happened, Win.objects.get().version) == (saved, 2)


@pytest.mark.django_db(transaction=True)
def test_a_draft_logged_twice_at_the_same_moment_is_logged_once(ana, now):
    win = make_win(ana, state=Win.State.DRAFT)
    outcomes, start = [], threading.Barrier(2)

    def log() -> None:
        try:
            start.wait()
            by = Person.objects.get(pk=ana.pk)
            actions.log_draft(win=win, version=1, by=by, at=now)
            outcomes.append("logged")
        except WrongState:
            outcomes.append("already")
        finally:
            connection.close()

    threads = [threading.Thread(target=log) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["already", "logged"]
    assert Event.objects.filter(verb="win.logged").count() == 1


def test_actions_hold_without_any_page(ana, mo, now):
    win = make_win(ana)
    with pytest.raises(PermissionDenied):
        actions.edit(win=win, telling=Telling("Mine.", "everyone"), version=1, by=mo, at=now)
    with pytest.raises(PermissionDenied):
        actions.take_back(win=win, by=mo, at=now)
    win.refresh_from_db()
    assert (win.what_happened, win.state) == ("We got the form down to one page.", "logged")


def test_a_win_may_be_linked_to_one_that_can_be_seen_and_unlinked_again(as_, ana, zed):
    win, earlier = make_win(ana, "Later."), make_win(zed, "Zed showed how.")
    secret = make_win(zed, "Zed’s own.", visibility="only_me")
    earlier.appreciations.create(person=ana, kind="try", made_at=earlier.logged_at)
    browser = as_(ana)
    assert press(browser, f"/wins/{win.pk}/links/", came_of=secret.pk).status_code == 200
    assert not Thread.objects.exists()
    page = press(browser, f"/wins/{win.pk}/links/", came_of=earlier.pk).content.decode()
    assert "Zed showed how." in page
    assert "Later." in as_(zed).get(f"/wins/{earlier.pk}/").content.decode()
    browser.post(f"/wins/{win.pk}/links/", {"undo": str(earlier.pk)})
    assert not Thread.objects.exists()


def test_a_win_is_linked_to_any_that_can_be_seen_once_found_by_its_words(as_, ana, mo, zed):
    """Neither hers nor tried, and older than the newest of her own."""
    far = make_win(zed, "The ward rang us before four.")
    make_win(zed, "The ward rang nobody.", visibility="only_me")
    win, browser = make_win(ana, "Later."), as_(ana)
    for number in range(21):
        make_win(ana, f"Win {number}.")
    address = f"/wins/{win.pk}/links/"
    assert far.excerpt not in browser.get(address).content.decode()
    found = browser.get(address, {"q": "wards four"}).content.decode()
    assert "The ward rang us before four. (Zed" in found
    assert "rang nobody" not in found
    assert "No other win holds" in browser.get(address, {"q": "zebra"}).content.decode()
    press(browser, f"{address}?q=ward", came_of=far.pk)
    assert Thread.objects.get().target_id == far.pk
    assert "Later." in as_(mo).get(f"/wins/{far.pk}/").content.decode()
    assert "(Zed" not in browser.get(address, {"q": "ward"}).content.decode(), "linked already"


def test_a_win_may_be_logged_from_the_page_of_the_win_it_came_of(as_, ana, zed):
    earlier = make_win(zed, "Zed showed how.")
    browser = as_(ana)
    assert (
        f"/wins/new/?came_of={earlier.pk}" in browser.get(f"/wins/{earlier.pk}/").content.decode()
    )
    address = f"/wins/new/?came_of={earlier.pk}"
    press(browser, address, log="1", what_happened="", came_of=earlier.pk)
    press(browser, address, log="1", what_happened=WORDS)
    assert Thread.objects.get().target_id == earlier.pk
    private = make_win(zed, "Zed’s own.", visibility="only_me")
    page = browser.get(f"/wins/new/?came_of={private.pk}").content.decode()
    assert "Zed’s own." not in page


def test_a_link_shows_only_where_both_ends_are_visible(as_, ana, mo):
    win, private = make_win(ana, "Shared."), make_win(ana, "Kept to myself.", visibility="only_me")
    links.link(win=win, came_of=private, by=ana, at=win.logged_at)
    assert "Kept to myself." in as_(ana).get(f"/wins/{win.pk}/").content.decode()
    assert "Kept to myself." not in as_(mo).get(f"/wins/{win.pk}/").content.decode()


@pytest.mark.parametrize(
    "sent",
    [
        {"what_happened": "nul \x00 in it"},
        {"what_happened": "x" * 900_000},
        {"visibility": "everyone-" + "9" * 30},
        {"visibility": "service-99999"},
        {"themes": ["9" * 31]},
        {"helpers": ["-1", "\u202e"]},
        {"came_of": "9" * 31},
        {"happened_on": "0000-01-01"},
        {"happened_on": "10000-01-01"},
        {"lens": "points", "depth": "\x7f"},
        {"condition": "14"},
        {"other_helpers": "," * 300 + ",".join("abcdefghijklmnop")},
    ],
    ids=repr,
)
def test_hostile_answers_are_told_in_words_and_save_nothing(as_, ana, sent):
    answer = press(as_(ana), "/wins/new/", log="1", **({"what_happened": WORDS} | sent))
    assert answer.status_code == 200
    assert "There is a problem" in answer.content.decode()
    assert not Win.objects.exists()


def test_text_of_more_than_a_megabyte_is_refused_in_words(as_, ana):
    answer = press(as_(ana), "/wins/new/", log="1", what_happened="y" * 2_000_000)
    assert answer.status_code == 413
    assert "bigger than we can take" in answer.content.decode()


@pytest.mark.parametrize("number", ["9" * 31, "0", "00000001", "2147483648"])
def test_addresses_of_no_win_are_not_found(as_, ana, number):
    for rest in ("", "edit/", "logging/", "removal/", "photo/", "links/", "photo/removal/"):
        assert as_(ana).get(f"/wins/{number}/{rest}").status_code == 404
    assert as_(ana).get(f"/wins/new/?came_of={number}").status_code == 200


def test_words_in_any_script_are_kept_as_they_are_and_stay_in_their_own_line(as_, ana):
    words = "‮olleh שלום <b>bold</b> 🎉 &amp;"
    press(as_(ana), "/wins/new/", log="1", what_happened=words, visibility="only_me")
    page = as_(ana).get(Win.objects.get().get_absolute_url()).content.decode()
    assert 'dir="auto"' in page
    assert "&lt;b&gt;bold&lt;/b&gt;" in page
    assert Win.objects.get().what_happened == words


@pytest.mark.parametrize("number", [0, 14])
def test_the_database_knows_thirteen_conditions(ana, number):
    with pytest.raises(IntegrityError, match="win_condition_known"):
        make_win(ana, condition=number)
