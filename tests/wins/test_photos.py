"""A photo straight from a phone: upright, small, bare, and only for those who may see the win."""

from __future__ import annotations

import os
import threading
import time
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image

from tests.factories import make_win
from tests.factories.photos import HEIC, encoded, huge_png, phone_jpeg, quarters, upload
from tests.factories.wins_form import answers, press
from wins import photos
from wins.models import Win

WORDS = "The garden at the hostel has a bench now."
SECRETS = (
    b"Exif",
    b"Fruit",
    b"secret",
    b"GPS",
    b"Ana was here",
    b"ICC_PROFILE",
    b"http://ns.adobe",
)


@pytest.fixture(autouse=True)
def media(settings, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def opened(jpeg: bytes) -> Image.Image:
    return Image.open(BytesIO(jpeg), formats=["JPEG"])


def files(media: Path) -> list[Path]:
    return [path for path in media.rglob("*") if path.is_file()]


def is_upright(image: Image.Image) -> bool:
    """`quarters()` turned a quarter to the right: white, red / blue, white."""
    w, h = image.size
    points = [
        (w // 4, h // 4),
        (3 * w // 4, h // 4),
        (w // 4, 3 * h // 4),
        (3 * w // 4, 3 * h // 4),
    ]
    names = []
    for point in points:
        red, green, blue = image.getpixel(point)
        bright = min(red, green, blue) > 200
        names.append("white" if bright else "red" if red > blue else "blue")
    return h > w and names == ["white", "red", "blue", "white"]


@pytest.mark.parametrize("sent", [phone_jpeg(), HEIC], ids=["rotated JPEG", "HEIC"])
def test_a_phones_photo_comes_out_upright_and_bare(sent):
    assert b"Fruit" in sent
    clean = photos.clean(BytesIO(sent), len(sent))
    image = opened(clean.jpeg)
    assert is_upright(image.convert("RGB"))
    assert (image.size, image.mode) == ((clean.width, clean.height), "RGB")
    assert not image.getexif()
    assert {"icc_profile", "exif", "xmp", "comment"} & set(image.info) == set()
    assert [secret for secret in SECRETS if secret in clean.jpeg] == []


@pytest.mark.parametrize(
    ("kind", "mode"),
    [
        *(("PNG", mode) for mode in ("RGB", "RGBA", "P", "L", "LA", "1", "I;16")),
        *(("WEBP", mode) for mode in ("RGB", "RGBA")),
        *(("JPEG", mode) for mode in ("RGB", "L", "CMYK")),
    ],
)
def test_every_kind_of_picture_becomes_a_small_jpeg(kind, mode):
    image = quarters((2400, 1200)).convert("I").convert("I;16") if mode == "I;16" else None
    sent = encoded(image or quarters((2400, 1200), mode), kind)
    clean = photos.clean(BytesIO(sent), len(sent))
    assert opened(clean.jpeg).size == (1600, 800) == (clean.width, clean.height)


def test_what_was_see_through_becomes_white():
    sent = encoded(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG")
    assert opened(photos.clean(BytesIO(sent), len(sent)).jpeg).getpixel((20, 20)) == (255, 255, 255)


def test_a_profile_that_cannot_be_read_does_no_harm():
    sent = encoded(quarters(), "JPEG", icc_profile=b"not a profile" * 20)
    assert b"ICC_PROFILE" not in photos.clean(BytesIO(sent), len(sent)).jpeg


BAD = {
    "PDF named .jpg": (b"%PDF-1.7\n" + b"x" * 500, "not_a_photo"),
    "SVG with a script": (
        b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
        "not_a_photo",
    ),
    "GIF": (encoded(quarters(mode="P"), "GIF"), "not_a_photo"),
    "TIFF": (encoded(quarters(), "TIFF"), "not_a_photo"),
    "BMP": (encoded(quarters(), "BMP"), "not_a_photo"),
    "nothing": (b"", "empty"),
    "text": ("Hello שלום".encode(), "not_a_photo"),
    "80 megapixels in 10 kB": (huge_png(), "too_many_pixels"),
    "900 megapixels": (huge_png(30_000, 30_000), "too_many_pixels"),
    "a strip 60,000 wide": (huge_png(60_000, 8), "too_many_pixels"),
    "big progressive JPEG": (
        encoded(Image.new("L", (6000, 5000)), "JPEG", progressive=True),
        "too_many_pixels",
    ),
    "JPEG cut short": (encoded(quarters((900, 600)), "JPEG")[:3000], "broken"),
    "HEIC cut short": (HEIC[:500], "broken"),
    "WebP cut short": (encoded(quarters((900, 600)), "WEBP")[:200], "broken"),
    "only a JPEG's first bytes": (b"\xff\xd8\xff\xe0" + bytes(60), "broken"),
    "only a PNG's first bytes": (b"\x89PNG\r\n\x1a\n" + bytes(60), "broken"),
}


@pytest.mark.parametrize(("sent", "code"), BAD.values(), ids=BAD.keys())
def test_a_bad_photo_is_refused_in_words(sent, code):
    with pytest.raises(photos.BadPhoto) as refused:
        photos.clean(BytesIO(sent), len(sent))
    assert refused.value.code == code
    assert str(refused.value) == photos.PROBLEMS[code]


def test_a_photo_over_15_mb_is_refused_unread():
    with pytest.raises(photos.BadPhoto, match="bigger than 15 MB"):
        photos.clean(BytesIO(b""), photos.MOST_BYTES + 1)


@pytest.mark.skipif(not os.path.exists("/proc/self/status"), reason="reads Linux's own account")
def test_memory_stays_bounded_whatever_is_sent():
    def resident() -> int:
        status = Path("/proc/self/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) // 1024

    large = encoded(Image.new("RGB", (12_000, 9_000), "green"), "JPEG")
    page = encoded(Image.new("RGBA", (5_800, 4_400), (9, 99, 9, 200)), "PNG")
    photos.clean(BytesIO(HEIC), len(HEIC))
    start, most, done = resident(), 0, threading.Event()

    def watch() -> None:
        nonlocal most
        while not done.is_set():
            most = max(most, resident())
            time.sleep(0.002)

    watcher = threading.Thread(target=watch)
    watcher.start()
    for sent in (large, page, huge_png(), phone_jpeg((4000, 3000))):
        try:
            photos.clean(BytesIO(sent), len(sent))
        except photos.BadPhoto:
            assert sent == huge_png()
    done.set()
    watcher.join()
    print(f"photos: {most - start} MB more at the peak, {resident() - start} MB after")
    assert most - start < 260
    assert resident() - start < 60


def test_a_photo_is_shown_only_to_those_who_may_see_the_win(as_, world, ana, mo, zed, client):
    sent = answers(as_(ana), "/wins/new/", log="1", what_happened=WORDS, photo=upload(phone_jpeg()))
    as_(ana).post("/wins/new/", sent)
    win = Win.objects.get()
    answer = as_(mo).get(f"/wins/{win.pk}/photo/")
    assert is_upright(opened(b"".join(answer.streaming_content)))
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert as_(zed).get(f"/wins/{win.pk}/photo/").status_code == 404
    assert client.get(f"/wins/{win.pk}/photo/").status_code == 302
    press(as_(ana), f"/wins/{win.pk}/taking-back/")
    assert as_(mo).get(f"/wins/{win.pk}/photo/").status_code == 404, (
        "gone at once, not from a cache"
    )


def test_the_original_is_not_kept_and_the_name_says_nothing(as_, ana, media):
    photo = upload(phone_jpeg(), "Mrs Patel at 4 Canal Street.jpg")
    press(as_(ana), "/wins/new/", log="1", what_happened=WORDS, photo=photo)
    (file,) = files(media)
    assert len(file.stem) >= 32
    assert "Patel" not in str(file)
    assert file.read_bytes() != phone_jpeg()
    assert b"Fruit" not in file.read_bytes()
    assert oct(file.stat().st_mode & 0o777) == "0o600"


def test_a_bad_photo_loses_nothing_else_that_was_told(as_, ana, media):
    answer = press(
        as_(ana),
        "/wins/new/",
        log="1",
        what_happened=WORDS,
        made_hard="Rain.",
        depth="flex",
        visibility="everyone",
        photo=upload(b"%PDF-1.7", "photo.jpg"),
    )
    page = answer.content.decode()
    win = Win.objects.get()
    assert answer.request["PATH_INFO"] == f"/wins/{win.pk}/edit/"
    assert (win.state, win.what_happened, win.made_hard) == ("draft", WORDS, "Rain.")
    assert "This file is not a photo we can read." in page
    assert 'aria-invalid="true"' in page
    assert WORDS in page
    assert files(media) == []
    press(as_(ana), f"/wins/{win.pk}/edit/", log="1", photo=upload(phone_jpeg()))
    win.refresh_from_db()
    assert (win.state, bool(win.photo), win.visibility) == ("logged", True, "everyone")


def test_a_good_photo_is_kept_while_something_else_is_mended(as_, ana, media):
    browser = as_(ana)
    sent = answers(browser, "/wins/new/", log="1", what_happened="", photo=upload(phone_jpeg()))
    page = browser.post("/wins/new/", sent)
    assert "Your photo is kept." in page.content.decode()
    kept = page.context["form"].data["kept_photo"]
    press(browser, "/wins/new/", log="1", what_happened=WORDS, kept_photo=kept)
    assert Win.objects.get().photo.name in {str(path.relative_to(media)) for path in files(media)}


def test_a_photo_is_kept_through_the_page_that_points_out_details(as_, ana):
    words = "Mrs Begum sat on the new bench."
    answer = press(as_(ana), "/wins/new/", log="1", what_happened=words, photo=upload(phone_jpeg()))
    win = Win.objects.get()
    assert answer.request["PATH_INFO"] == f"/wins/{win.pk}/logging/"
    press(as_(ana), f"/wins/{win.pk}/logging/")
    win.refresh_from_db()
    assert (win.state, bool(win.photo)) == ("logged", True)


def test_nobody_can_use_the_photo_another_persons_form_carries(as_, ana, zed, media):
    browser = as_(ana)
    sent = answers(browser, "/wins/new/", log="1", what_happened="", photo=upload(phone_jpeg()))
    kept = browser.post("/wins/new/", sent).context["form"].data["kept_photo"]
    for token in (kept, kept[:-2], "x" * 5000, "../../etc/passwd"):
        press(as_(zed), "/wins/new/", log="1", what_happened=WORDS, kept_photo=token)
    assert {win.photo.name for win in Win.objects.all()} == {""}


def test_one_kept_photo_used_twice_becomes_two_files(as_, ana, media):
    browser = as_(ana)
    sent = answers(browser, "/wins/new/", log="1", what_happened="", photo=upload(phone_jpeg()))
    kept = browser.post("/wins/new/", sent).context["form"].data["kept_photo"]
    for words in ("One.", "Two."):
        press(browser, "/wins/new/", log="1", what_happened=words, kept_photo=kept)
    assert len({win.photo.name for win in Win.objects.all()}) == 2
    assert len(files(media)) == 2


def test_files_go_with_the_win_or_its_photo_once_that_is_certain(
    as_, ana, media, django_capture_on_commit_callbacks
):
    browser = as_(ana)
    for words in ("One.", "Two.", "Three."):
        photo = upload(phone_jpeg())
        press(browser, "/wins/new/", log="1", what_happened=words, photo=photo)
    one, two, three = Win.objects.order_by("pk")
    with django_capture_on_commit_callbacks(execute=True):
        press(browser, f"/wins/{one.pk}/photo/removal/")
    one.refresh_from_db()
    assert (one.photo.name, one.photo_width, one.version) == ("", None, 2)
    assert len(files(media)) == 2
    with django_capture_on_commit_callbacks(execute=True):
        press(browser, f"/wins/{two.pk}/edit/", photo=upload(phone_jpeg((60, 40))))
    assert len(files(media)) == 2, "a new photo takes the place of the old one"
    press(browser, f"/wins/{three.pk}/taking-back/")
    with django_capture_on_commit_callbacks() as waiting:
        press(browser, f"/wins/{three.pk}/removal/")
    assert len(files(media)) == 2
    for delete in waiting:
        delete()
    assert len(files(media)) == 1


def test_a_photo_of_a_form_never_finished_is_swept_after_two_days(ana, media):
    sent = phone_jpeg()
    lost, used = (photos.keep(photos.clean(BytesIO(sent), len(sent))) for _ in range(2))
    now = timezone.now()
    assert photos.sweep({used.name}, at=now + timedelta(days=1)) == 0
    assert photos.sweep({used.name}, at=now + timedelta(days=3)) == 1
    assert (default_storage.exists(lost.name), default_storage.exists(used.name)) == (False, True)


def test_a_win_without_a_photo_has_none_to_show_or_take_off(as_, ana):
    win = make_win(ana)
    assert as_(ana).get(f"/wins/{win.pk}/photo/").status_code == 404
    assert as_(ana).get(f"/wins/{win.pk}/photo/removal/").status_code == 302


def test_a_stale_edit_keeps_its_photo_too(as_, ana):
    win = make_win(ana)
    browser = as_(ana)
    old = answers(
        browser, f"/wins/{win.pk}/edit/", what_happened="Bus.", photo=upload(phone_jpeg())
    )
    press(browser, f"/wins/{win.pk}/edit/", what_happened="Desk.")
    page = browser.post(f"/wins/{win.pk}/edit/", old)
    assert page.status_code == 409
    kept = dict(page.context["typed"])["kept_photo"]
    again = old | {"version": "2", "kept_photo": kept, "photo": "", "submission_key": ""}
    browser.post(f"/wins/{win.pk}/edit/", again)
    win.refresh_from_db()
    assert (win.what_happened, bool(win.photo)) == ("Bus.", True)
