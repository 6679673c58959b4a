"""One stylesheet in production, many small ones in the source: main.css with its imports inside."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

BUNDLE = "css/main.css"
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
IMPORT = re.compile(r'@import url\("([^"]+)"\) layer\((\w+)\);')
SPACE = re.compile(r"\s+")
TIGHT = re.compile(r"\s*([{};,>])\s*")


def bundle(css: str, read: Any, folder: PurePosixPath) -> str:
    """`css` with each `@import url("x.css") layer(y)` as `@layer y {…}`, and no comments.

    `read` gives the text of a file by its name."""

    def inside(found: re.Match[str]) -> str:
        return f"@layer {found[2]}{{{read(str(folder / found[1]))}}}"

    return TIGHT.sub(r"\1", SPACE.sub(" ", COMMENT.sub("", IMPORT.sub(inside, css)))).strip()


class BundledManifestStorage(CompressedManifestStaticFilesStorage):
    """Folds the imports at collectstatic, before names are hashed; runs no build tool."""

    def post_process(
        self, paths: dict[str, Any], dry_run: bool = False, **options: Any
    ) -> Iterator[Any]:
        if not dry_run and BUNDLE in paths:
            with self.open(BUNDLE) as file:
                whole = bundle(file.read().decode(), self._text, PurePosixPath(BUNDLE).parent)
            self.delete(BUNDLE)
            self._save(BUNDLE, ContentFile(whole.encode()))
            source = self
            paths = {**paths, BUNDLE: (source, BUNDLE)}
        yield from super().post_process(paths, dry_run, **options)

    def _text(self, name: str) -> str:
        with self.open(name) as file:
            return file.read().decode()
