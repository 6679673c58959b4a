"""A role statement as a Word file, to be pasted into a job description or changed further there.

Headings are Word's own, so that its outline and a screen reader find them."""

from __future__ import annotations

import re
from datetime import UTC
from io import BytesIO
from itertools import groupby

from django.utils import timezone

from cohorts.models import Condition, RoleStatement

NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
LANGUAGE = "en-GB"
MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def as_word(statement: RoleStatement) -> bytes:
    """`statement` comes with its people, and its lines with their clauses."""
    from docx import Document  # only when asked for: a web process stays small

    document = Document()
    _say_what_it_is(document, statement)
    document.add_heading(_in_xml(statement.job_title), level=0)
    document.add_paragraph(_in_xml(standing_of(statement)))
    if statement.purpose:
        document.add_heading("What the job is for", level=1)
        _paragraphs(document, statement.purpose)
    document.add_heading("Changing the system, as part of this job", level=1)
    for condition, lines in groupby(statement.lines.all(), key=lambda one: one.clause.condition):
        document.add_heading(Condition(condition).label, level=2)
        for line in lines:
            document.add_paragraph(_in_xml(line.words), style="List Bullet")
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _say_what_it_is(document, statement: RoleStatement) -> None:
    """Whose it is, since when, and in which language it is to be read out and checked."""
    from docx.oxml.ns import qn

    about = document.core_properties
    about.title, about.author = _in_xml(statement.job_title), _in_xml(str(statement.worker))
    about.comments, about.language, about.last_modified_by = "", LANGUAGE, about.author
    about.created = statement.made_at.astimezone(UTC)
    about.modified = (statement.decided_at or statement.made_at).astimezone(UTC)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)


def _in_xml(words: str) -> str:
    """Without the characters that XML can't hold; the soft line end that a page-layout program leaves
    behind becomes a space."""
    return NOT_IN_XML.sub("", words.replace("\x0b", " "))


def standing_of(statement: RoleStatement) -> str:
    """Whose it is, which version, and how far it has come: in one line."""
    begins = f"{statement.worker}. Version {statement.version}"
    state = RoleStatement.State
    if statement.decided_at and statement.state in (state.AGREED, state.REPLACED):
        day = timezone.localdate(statement.decided_at)
        said = f"agreed with {statement.decider} on {day.day} {day:%B %Y}"
        replaced = "; replaced by a newer version since" if statement.state == "replaced" else ""
        return f"{begins}, {said}{replaced}."
    return f"{begins}, not agreed yet."


def _paragraphs(document, text: str) -> None:
    for part in text.splitlines():
        if part.strip():
            document.add_paragraph(_in_xml(part))
