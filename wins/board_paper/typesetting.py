"""Sets a paper as a PDF: JSON on standard input, the PDF on standard output.

A program of its own, which stands on typst and the standard library and on nothing of ours: typst takes
thirty megabytes with its first page and does not give them back, so it runs in a process that ends. What
people wrote comes in as data (sys.inputs) and is never part of the source, so nothing in it is a command.
PDF/UA-1: tagged, titled, with its language, for those who have it read to them. That standard takes no
letter without a font; where a script has none on this machine, the paper is set without it, and says so."""

from __future__ import annotations

import re
import sys
from pathlib import Path

SOURCE = Path(__file__).with_name("paper.typ")
PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")


def main() -> None:
    """As it is; and set closer instead where that saves a page, so that none ends with a few lines."""
    given = {"paper": sys.stdin.buffer.read().decode()}
    made = _compile(given)
    if pages(made) > 1:
        closer = _compile(given | {"closer": "yes"})
        made = min(made, closer, key=pages)
    sys.stdout.buffer.write(made)


def pages(pdf: bytes) -> int:
    return len(PAGE.findall(pdf))


def _compile(given: dict[str, str]) -> bytes:
    import typst

    try:
        return typst.compile(str(SOURCE), sys_inputs=given, pdf_standards=["ua-1"])
    except typst.TypstError:
        return typst.compile(str(SOURCE), sys_inputs=given | {"boxes": "some"})


if __name__ == "__main__":
    main()
