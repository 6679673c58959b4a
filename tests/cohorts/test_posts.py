"""Jobs people hold: added, changed, ended, and what was before is kept."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from cohorts.actions import posts
from cohorts.models import Post
from systemschangers.kernel.lifecycle import WrongState
from systemschangers.kernel.models import Event, Notification
from systemschangers.kernel.policy import Refused

DAY = date(2026, 3, 2)


def add(world, now, **changes):
    given = {
        "person": world.zed,
        "service": world.outreach,
        "title": "Link worker",
        "kind": "frontline",
        "line_manager": world.mo,
        "started": DAY,
        "by": world.cas,
        "at": now,
    }
    return posts.add(**given | changes)


def test_programme_staff_add_a_post_and_its_holder_is_told(world, now):
    post = add(world, now)
    assert post in world.zed.posts.all()
    assert Notification.objects.get(event__verb="post.added").recipient == world.zed


def test_a_manager_may_not_add_one(world, now):
    with pytest.raises(Refused):
        add(world, now, by=world.mo)


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"service": "hostel"}, "already have a post"),
        ({"line_manager": "zed"}, "own line manager"),
    ],
)
def test_what_the_database_refuses_is_said_in_words(changes, says, world, now):
    changes = {name: getattr(world, value) for name, value in changes.items()}
    with pytest.raises(ValidationError, match=says):
        add(world, now, **changes)


def test_a_change_keeps_what_was_before_without_names(world, now):
    post = world.ana.posts.get()
    posts.change(
        post=post,
        title="Senior outreach worker",
        kind="manager",
        line_manager=world.dee,
        started=post.started,
        by=world.cas,
        at=now,
    )
    changes = Event.objects.get(verb="post.changed").data["changes"]
    assert changes == {
        "kind": ["frontline", "manager"],
        "line_manager": [world.mo.pk, world.dee.pk],
        "title": True,
    }


def test_the_page_tells_the_history_with_todays_names(world, as_, now):
    post = add(world, now)
    posts.change(
        post=post,
        title=post.title,
        kind="frontline",
        line_manager=world.dee,
        started=DAY,
        by=world.cas,
        at=now,
    )
    page = as_(world.cas).get(reverse("cohorts:post", args=[post.pk])).content.decode()
    assert "changed the line manager from Mo Rahman to Dee Hughes." in page


def test_saving_without_a_change_tells_nobody(world, now):
    post = world.ana.posts.get()
    same = {name: getattr(post, name) for name in ("title", "kind", "line_manager", "started")}
    posts.change(post=post, **same, by=world.cas, at=now)
    assert not Event.objects.filter(verb="post.changed").exists()


def test_an_ended_post_stays_as_it_was(world, now):
    post = posts.end(post=world.ana.posts.get(), on=DAY, went_to="left", by=world.cas, at=now)
    assert (post.ended, post.went_to) == (DAY, "left")
    for again in (
        lambda: posts.end(post=post, on=DAY, went_to="left", by=world.cas, at=now),
        lambda: posts.change(
            post=post,
            title="x",
            kind="leader",
            line_manager=None,
            started=DAY,
            by=world.cas,
            at=now,
        ),
    ):
        with pytest.raises(WrongState):
            again()


def test_the_ended_post_is_on_their_page_as_before(world, as_, now):
    posts.end(post=world.ana.posts.get(), on=DAY, went_to="left", by=world.cas, at=now)
    page = as_(world.zed).get(reverse("cohorts:person", args=[world.ana.pk])).content.decode()
    assert "Before" in page
    assert "January 2024 to March 2026" in page


def test_ana_corrects_her_own_job_title_and_nothing_else(world, as_):
    post = world.ana.posts.get()
    response = as_(world.ana).post(
        reverse("cohorts:post_title", args=[post.pk]),
        {"title": "Street outreach worker", "kind": "leader", "service": world.board.pk},
    )
    assert response.status_code == 302
    post.refresh_from_db()
    assert (post.title, post.kind, post.service) == (
        "Street outreach worker",
        Post.Kind.FRONTLINE,
        world.outreach,
    )


def test_nobody_elses_title(world, as_):
    post = world.ana.posts.get()
    response = as_(world.zed).post(reverse("cohorts:post_title", args=[post.pk]), {"title": "x"})
    assert response.status_code == 403


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("started", "0000-01-01"),
        ("started", "0001-01-01"),
        ("started", "9999-12-31"),
        ("started", "yesterday"),
        ("title", "x" * 121),
        ("title", "\x00"),
        ("kind", "king"),
        ("line_manager", "Zed Kowalski"),
        ("service", "x"),
        ("service", "-1"),
    ],
)
def test_hostile_words_in_the_form_are_errors(field, value, world, as_):
    given = {
        "service": world.outreach.pk,
        "title": "Worker",
        "kind": "frontline",
        "started": "2026-01-05",
    }
    response = as_(world.cas).post(
        reverse("cohorts:post_new", args=[world.zed.pk]), given | {field: value}
    )
    assert response.status_code == 200
    assert field in response.context["form"].errors
    assert world.zed.posts.count() == 1


def test_the_last_day_is_not_before_the_first(world, as_):
    post = world.ana.posts.get()
    response = as_(world.cas).post(
        reverse("cohorts:post_ending", args=[post.pk]), {"on": "2023-01-01", "went_to": "left"}
    )
    assert "can’t be before the first" in response.content.decode()
