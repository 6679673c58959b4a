"""One stylesheet in production, with every import of main.css inside, in its layer."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

import pytest
from django.conf import settings
from django.core.management import call_command

from systemschangers.kernel.staticfiles import bundle

CSS = Path(settings.BASE_DIR) / "static" / "css"


def test_an_import_is_put_in_its_layer():
    files = {"css/a.css": ".a > b {\n  color: red;\n}\n", "css/x/b.css": "/* why */ i {}"}
    css = '@layer a, b;\n@import url("a.css") layer(a);\n@import url("x/b.css") layer(b);\n'
    assert bundle(css, files.__getitem__, PurePosixPath("css")) == (
        "@layer a,b;@layer a{.a>b{color: red;}}@layer b{i{}}"
    )


def test_nothing_bundled_points_at_a_file_beside_it():
    names = re.findall(r'url\("([^"]+)"\)', (CSS / "main.css").read_text())
    assert len(names) > 20
    for name in names:
        css = (CSS / name).read_text()
        assert "url(" not in css, f"{name}: a relative address breaks when folded in"


@pytest.fixture
def collected(tmp_path):
    from django.test import override_settings

    storages = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "systemschangers.kernel.staticfiles.BundledManifestStorage"},
    }
    with override_settings(STORAGES=storages, STATIC_ROOT=str(tmp_path)):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield tmp_path


def test_collectstatic_makes_one_hashed_compressed_stylesheet(collected):
    from django.contrib.staticfiles.storage import staticfiles_storage

    name = staticfiles_storage.url("css/main.css").removeprefix(settings.STATIC_URL)
    css = (collected / name).read_text()
    assert re.fullmatch(r"css/main\.[0-9a-f]{12}\.css", name)
    assert "@import" not in css
    assert "@layer tokens{" in css
    assert ".card--win" in css
    compressed = (collected / f"{name}.br").stat().st_size
    print(f"main.css: {len(css)} bytes, {compressed} compressed")
    assert compressed < 10_000
