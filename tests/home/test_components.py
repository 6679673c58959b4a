"""The component page, and the promises of the look: contrast, tokens, inputs said."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.template.loader import render_to_string
from django.test import RequestFactory

from systemschangers.home.views.components import SECTIONS, components

ROOT = Path(settings.BASE_DIR)
CSS = ROOT / "static" / "css"
COMPONENTS = sorted((ROOT / "templates" / "components").glob("*.html"))
STYLES = sorted(CSS.rglob("*.css"))
DECLARED = re.compile(r"(--[\w-]+):\s*([^;]+);")


def _tokens() -> dict[str, dict[str, str]]:
    light, dark = (CSS / "tokens.css").read_text().split("@media")
    return {
        "light": dict(DECLARED.findall(light)),
        "dark": {**dict(DECLARED.findall(light)), **dict(DECLARED.findall(dark))},
    }


TOKENS = _tokens()


def _luminance(colour: str) -> float:
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


GROUNDS = ("paper", "surface", "sunk")
TONES = ("win", "meet", "lab", "barrier", "voice", "good", "warn", "bad")
PAIRS = [
    *((7.0, "ink", ground) for ground in (*GROUNDS, *(f"{tone}-soft" for tone in TONES))),
    *((4.5, "ink-muted", ground) for ground in GROUNDS),
    *((4.5, tone, ground) for tone in (*TONES, "action", "action-strong") for ground in GROUNDS),
    *((4.5, tone, f"{tone}-soft") for tone in TONES),
    *((4.5, "action-ink", fill) for fill in ("action", "action-strong")),
    (4.5, "bad-ink", "bad"),
    (4.5, "paper", "ink"),
    *((3.0, "edge", ground) for ground in GROUNDS),
    *((3.0, "focus", ground) for ground in (*GROUNDS, "focus-halo")),
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("least", "front", "back"), PAIRS)
def test_words_and_shapes_stand_out_enough(scheme, least, front, back):
    tokens = TOKENS[scheme]
    measured = contrast(tokens[f"--{front}"], tokens[f"--{back}"])
    assert measured >= least, f"{front} on {back}, {scheme}: {measured:.2f}"


def test_the_measure_of_contrast_is_that_of_wcag():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_no_style_uses_a_property_nobody_defines(path):
    css = path.read_text()
    defined = {*TOKENS["light"], *(name for name, _ in DECLARED.findall(css))}
    assert set(re.findall(r"var\((--[\w-]+)", css)) <= defined


COLOURS_LIVE_IN = {CSS / "tokens.css", CSS / "print.css", CSS / "pages" / "components.css"}


@pytest.mark.parametrize("path", sorted(set(STYLES) - COLOURS_LIVE_IN), ids=lambda path: path.name)
def test_colours_are_written_in_the_tokens_only(path):
    assert not re.findall(r"#[0-9a-f]{3,8}\b|rgb\(", path.read_text())


def test_every_stylesheet_is_reached():
    imported = set(re.findall(r'url\("([^"]+)"\)', (CSS / "main.css").read_text()))
    files = {str(path.relative_to(CSS)) for path in STYLES}
    assert files - imported == {"main.css", "pages/components.css", "setting_up.css"}
    assert imported <= files


def test_the_component_page_shows_the_very_tokens():
    css = (CSS / "pages" / "components.css").read_text()
    dark_names = DECLARED.findall((CSS / "tokens.css").read_text().split("@media")[1])
    for scheme in ("light", "dark"):
        block = re.search(rf'\[data-scheme="{scheme}"\] {{(.*?)}}', css, re.DOTALL)
        assert block
        assert dict(DECLARED.findall(block[1])) == {
            name: TOKENS[scheme][name] for name, _ in dark_names
        }


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.name)
def test_every_component_opens_with_its_inputs(path):
    assert re.match(r"\{# Inputs: .+ #\}\n", path.read_text())


def test_every_icon_a_template_names_is_drawn():
    drawn = set(re.findall(r'<symbol id="([\w-]+)"', (ROOT / "static/img/icons.svg").read_text()))
    named = {
        name
        for path in (ROOT / "templates").rglob("*.html")
        for name in re.findall(r'{% icon "([\w-]+)"', path.read_text())
    }
    assert named <= drawn


def test_the_component_page_shows_each_part_in_both_schemes():
    html = components(RequestFactory().get("/components/")).content.decode()
    for _, name, _ in SECTIONS:
        assert f'id="{name}"' in html
    assert html.count('data-scheme="light"') == html.count('data-scheme="dark"') == len(SECTIONS)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_every_component_is_on_the_component_page():
    page = sorted((ROOT / "templates/home/components").glob("*.html"))
    within = "".join(path.read_text() for path in (*page, *COMPONENTS))
    of_the_frame_or_of_forms = {"messages.html", "nav.html", "field.html", "fields.html"}
    for path in COMPONENTS:
        assert path.name in of_the_frame_or_of_forms or f"components/{path.name}" in within, (
            path.name
        )


def test_no_template_has_a_style_or_a_script_of_its_own():
    for path in (ROOT / "templates").rglob("*.html"):
        html = path.read_text()
        assert not re.search(r'\sstyle="|\son[a-z]+="|javascript:', html), path
        assert not re.search(r"<script(?![^>]*\ssrc=)", html), path
        read_elsewhere = path.parent.name == "emails" or path.stem == "everything"
        assert read_elsewhere or "<style" not in html, path


@pytest.mark.parametrize("code", ["400", "403", "404", "409", "413", "429", "500", "503", "csrf"])
def test_an_error_page_needs_nothing_but_itself(code):
    html = render_to_string(f"errors/{code}.html")
    assert html.count("<h1>") == 1
    assert 'href="/"' in html
    assert "{{" not in html


def test_a_refusal_says_why():
    html = render_to_string("errors/403.html", {"reason": "Only <her> manager may decide this."})
    assert "Only &lt;her&gt; manager may decide this." in html
