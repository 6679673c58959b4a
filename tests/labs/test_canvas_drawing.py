"""Pictures of answers: every word in its box, nothing told by the picture alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labs.canvas_drawing import WIDTH, Box, _wide, drawn, wrap
from labs.models import CanvasAnswer
from tests.factories.tools import make_canvas

WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zl", "Zp"]), max_size=300
)


def said(*parts: tuple[str, str]) -> list[CanvasAnswer]:
    return [CanvasAnswer(part=part, words=words) for part, words in parts]


def overlap(one: Box, other: Box) -> bool:
    return (
        one.x < other.x + other.width
        and other.x < one.x + one.width
        and one.y < other.y + other.height
        and other.y < one.y + one.height
    )


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS.filter(str.strip), min_size=2, max_size=4), st.sampled_from(["", "It grows"]))
def test_a_loop_of_any_words_stays_in_its_boxes_and_its_boxes_apart(steps, turn):
    picture = drawn("loop", said(*[("link", step) for step in steps], ("turn", turn)))
    assert len(picture.boxes) == len(picture.arrows) == len(steps)
    for at, box in enumerate(picture.boxes):
        assert 0 <= box.x <= WIDTH - box.width
        assert box.y + box.height <= picture.height
        assert all(_wide(line) <= box.width - 10 for line in box.lines)
        assert not any(overlap(box, other) for other in picture.boxes[at + 1 :])
        assert " ".join(steps[at].split()) in picture.description


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(WORDS, max_size=9), min_size=4, max_size=4))
def test_a_power_picture_of_any_names_stays_in_its_four_fields(named):
    parts = ("say", "both", "live", "off")
    answers = said(*[(part, "\n".join(names)) for part, names in zip(parts, named, strict=True)])
    picture = drawn("power", answers)
    if picture is None:
        return
    assert len(picture.boxes) == 4
    for at, box in enumerate(picture.boxes):
        assert box.rows[-1][0] <= box.y + box.height
        assert not any(overlap(box, other) for other in picture.boxes[at + 1 :])


def test_what_is_cut_in_the_picture_ends_in_dots():
    lines = wrap("Nobody answers the telephone after half past three on any Friday of the year", 90)
    assert len(lines) == 4
    assert lines[-1].endswith("…")
    assert wrap("Short", 90) == ["Short"]


def test_too_little_makes_no_picture():
    assert drawn("loop", said(("link", "More letters"))) is None
    assert drawn("power", said(("step", "Ask."))) is None
    assert drawn("", said(("link", "A"), ("link", "B"))) is None


def test_more_names_than_fit_are_counted():
    [_, both, *_] = drawn("power", said(("both", "\n".join("abcdefghi")))).boxes
    assert both.lines[-1] == "and 3 more"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("key", "title", "told"),
    [
        (
            "feedback-loop",
            "A picture of the loop",
            "which leads back to “More missed appointments”",
        ),
        (
            "who-holds-the-power",
            "A picture of who holds the power",
            "Lives with it, has no say: People on the estate",
        ),
    ],
)
def test_the_page_has_the_picture_with_its_words_and_no_style_in_it(key, title, told, world, as_):
    canvas = make_canvas(world.ana, key)
    for page in ("", "sheet/"):
        html = as_(world.ana).get(canvas.get_absolute_url() + page).content.decode()
        picture = html[
            html.index('<svg class="drawing"') : html.index("</svg>", html.index("drawing"))
        ]
        assert f'<title id="drawing-title">{title}</title>' in picture
        assert told in picture
        assert "style=" not in picture
        assert "fill=" not in picture
