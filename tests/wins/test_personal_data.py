"""Taking out what wins keep about somebody, and leaving."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from django.db import transaction

from systemschangers.kernel.models import Thread
from tests.factories import make_win
from tests.factories.photos import phone_jpeg
from wins import personal_data, photos
from wins.actions import links
from wins.models import Appreciation, Comment, ThankYou, Win, WinHelper


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def with_photo(win: Win) -> Win:
    kept = photos.keep(photos.clean(BytesIO(phone_jpeg()), len(phone_jpeg())))
    win.photo, win.photo_width, win.photo_height = kept.name, kept.width, kept.height
    win.save()
    return win


def test_everything_one_wrote_is_in_the_download_and_nobody_elses_secrets(ana, mo, now):
    make_win(ana, "Shared.")
    with_photo(make_win(ana, "Private.", visibility="only_me"))
    make_win(ana, "Draft.", state="draft")
    theirs, secret = make_win(mo, "Mo’s."), make_win(mo, "Mo’s own.", visibility="only_me")
    for win in (theirs, secret):
        win.helpers.create(person=ana)
    theirs.comments.create(author=ana, words="Well done, Mo.", made_at=now)
    theirs.appreciations.create(person=ana, kind="thank", made_at=now)
    ThankYou.objects.create(giver=mo, receiver=ana, words="For staying.", made_at=now)
    sections = {s.key: (list(s.rows), list(s.enclosed)) for s in personal_data.tell(ana)}
    told = str(sections)
    assert {row["what happened"] for row in sections["wins"][0]} == {
        "Shared.",
        "Private.",
        "Draft.",
    }
    assert "Well done, Mo." in told
    assert "For staying." in told
    assert len(sections["helped"][0]) == 1
    assert "Mo’s own." not in told
    (photo,) = sections["wins"][1]
    with photo.opened() as file:
        assert file.read(3) == b"\xff\xd8\xff"


def test_leaving_takes_what_was_private_and_leaves_what_was_shared_without_them(
    ana, mo, now, media, django_capture_on_commit_callbacks
):
    shared = with_photo(make_win(ana, "Shared."))
    private = with_photo(make_win(ana, "Private.", visibility="only_me"))
    for state in ("draft", "taken_back", "set_aside"):
        make_win(ana, state, state=state)
    links.link(win=shared, came_of=private, by=ana, at=now)
    with django_capture_on_commit_callbacks(execute=True), transaction.atomic():
        personal_data.forget(ana, now)
    assert [win.what_happened for win in Win.objects.all()] == ["Shared."]
    assert Win.objects.get().photo.name == ""
    assert not [path for path in media.rglob("*") if path.is_file()]
    assert not Thread.objects.exists()


def test_leaving_touches_every_card_that_showed_them(ana, mo, zed, now):
    wins = [make_win(mo, words) for words in ("thanked", "commented", "helped", "named", "other")]
    wins[0].appreciations.create(person=ana, kind="thank", made_at=now)
    wins[1].comments.create(author=ana, words="Yes.", made_at=now)
    wins[2].helpers.create(person=ana)
    wins[3].helpers.create(name="ana okafor")
    ThankYou.objects.create(giver=ana, receiver=zed, words="Ta.", made_at=now)
    with transaction.atomic():
        personal_data.forget(ana, now)
    touched = {win.what_happened for win in Win.objects.filter(touched_at=now)}
    assert touched == {"thanked", "commented", "helped", "named"}
    assert not Appreciation.objects.exists()
    assert not WinHelper.objects.exists()
    assert not ThankYou.objects.exists()
    assert Comment.objects.get().words == "Yes."


def test_what_leaving_does_is_said_beforehand_in_whole_sentences(ana):
    farewell = personal_data.say(ana)
    assert farewell.goes
    assert all(one.endswith(".") for one in farewell.goes + farewell.stays)
