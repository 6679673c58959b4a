"""A paper as a PDF, set by a short process of its own (typesetting)."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path

from cohorts.models import Person
from wins.models import BoardPaper

from .paper import Paper
from .reading import read
from .typesetting import pages

MOST_PAGES = 4
TIMEOUT = 30
PROGRAM = Path(__file__).with_name("typesetting.py")


class NotSet(Exception):
    """The PDF could not be made; what was in it is not told, since it is people's words."""


def pdf_of(paper: BoardPaper, reader: Person, today: date) -> bytes:
    """`paper` as `reader` may read it today, on four pages at most: set tighter until it fits."""
    for room in (1.0, 0.75, 0.5, 0.3):
        pdf = typeset(read(paper, reader, today, room))
        if pages(pdf) <= MOST_PAGES:
            return pdf
    raise NotSet


def typeset(paper: Paper) -> bytes:
    """Raises NotSet when the program fails or takes too long."""
    try:
        done = subprocess.run(  # noqa: S603 (our own program, with nothing of anybody's on its command line)
            [sys.executable, "-I", str(PROGRAM)],
            input=json.dumps(asdict(paper)).encode(),
            capture_output=True,
            env={},  # the site's secrets are nothing to it
            timeout=TIMEOUT,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired) as error:
        raise NotSet from error
    return done.stdout
