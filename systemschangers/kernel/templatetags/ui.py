"""What every template may use: form keys, times, icons, and words people wrote, shown safely.

Built into all templates (settings.TEMPLATES), so no `{% load %}` is needed."""

from __future__ import annotations

import re
import uuid
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest, QueryDict
from django.middleware.csrf import get_token
from django.template.context import Context
from django.templatetags.static import static
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("", *"Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split())

MARKED = re.compile("\x02([^\x02\x03]*)\x03")
STRAY = re.compile("[\x02\x03]")
BLANK_LINES = re.compile(r"\n[ \t]*\n\s*")


def _request(context: Context) -> HttpRequest | None:
    """The request, also inside `{% include … only %}`, where the variables are gone."""
    return context.get("request") or getattr(context, "request", None)


@register.simple_tag(takes_context=True)
def form_keys(context: Context) -> SafeString:
    """The hidden fields every form of ours posts: against forgery, against pressing twice, and the
    page it is on, to come back to with what was typed when the session had run out."""
    request = _request(context)
    token = context.get("csrf_token") or (get_token(request) if request else "")
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="submission_key" value="{}">'
        '<input type="hidden" name="form_at" value="{}">',
        token,
        uuid.uuid4(),
        request.get_full_path() if request else "",
    )


@register.simple_tag
def when(moment: datetime | None, now: datetime | None = None) -> SafeString:
    """A moment in the reader's time, exact and relative: "Tue 24 Nov, 2:30pm, in 2 days"."""
    if not moment:
        return SafeString("")
    local, here = timezone.localtime(moment), timezone.localtime(now or timezone.now())
    words = f"{_day_words(local.date(), here.date())}, {_clock(local)}, {_relative(local, here)}"
    return mark_safe(f'<time datetime="{local.isoformat(timespec="minutes")}">{words}</time>')


@register.simple_tag
def day(value: date | datetime | None, now: datetime | None = None) -> SafeString:
    """A day: "Tue 24 Nov", with the year when it is not this one."""
    if not value:
        return SafeString("")
    if isinstance(value, datetime):
        value = timezone.localtime(value).date() if timezone.is_aware(value) else value.date()
    today = timezone.localtime(now or timezone.now()).date()
    words = _day_words(value, today)
    return mark_safe(f'<time datetime="{value.isoformat()}">{words}</time>')


def _day_words(value: date, today: date) -> str:
    year = f" {value.year}" if value.year != today.year else ""
    return f"{DAYS[value.weekday()]} {value.day} {MONTHS[value.month]}{year}"


def _clock(moment: datetime) -> str:
    hour, half = moment.hour % 12 or 12, "am" if moment.hour < 12 else "pm"
    return f"{hour}:{moment.minute:02}{half}" if moment.minute else f"{hour}{half}"


def _relative(moment: datetime, now: datetime) -> str:
    seconds = (moment - now).total_seconds()
    days = (moment.date() - now.date()).days
    if abs(seconds) < 60:
        return "just now"
    if abs(seconds) < 3600:
        return _count(int(abs(seconds) // 60), "minute", future=seconds > 0)
    if days == 0:
        return _count(int(abs(seconds) // 3600), "hour", future=seconds > 0)
    if abs(days) == 1:
        return "tomorrow" if days > 0 else "yesterday"
    for limit, length, unit in ((14, 1, "day"), (61, 7, "week"), (730, 30.44, "month")):
        if abs(days) < limit:
            return _count(int(abs(days) / length), unit, future=days > 0)
    return _count(int(abs(days) / 365.25), "year", future=days > 0)


def _count(number: int, unit: str, *, future: bool) -> str:
    words = f"{number} {unit}{'' if number == 1 else 's'}"
    return f"in {words}" if future else f"{words} ago"


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A drawing from static/img/icons.svg; silent unless it is given a label of its own."""
    return _drawing(name, label, settings.STATIC_URL, settings.STORAGES["staticfiles"]["BACKEND"])


@lru_cache(maxsize=512)
def _drawing(name: str, label: str, *_where_files_live: str) -> SafeString:
    """Kept, because a wall of wins shows a hundred of them."""
    address = f"{static('img/icons.svg')}#{name}"
    if label:
        return format_html(
            '<svg class="icon" role="img" aria-label="{}"><use href="{}"/></svg>', label, address
        )
    return format_html('<svg class="icon" aria-hidden="true"><use href="{}"/></svg>', address)


@register.filter
def initials(name: str) -> str:
    """The first letters of the first and last words of a name: "Ana Maria Lopez" is AL."""
    words = [word for word in str(name).split() if word[0].isalpha()]
    return "".join(word[0] for word in ([words[0], words[-1]] if words[1:] else words)).upper()


@register.filter
def paragraphs(text: str | None) -> SafeString:
    """Plain words as paragraphs and line breaks, escaped; nothing in them becomes a link."""
    lines = str(conditional_escape(text or "")).replace("\r\n", "\n").replace("\r", "\n").strip()
    parts = (part.replace("\n", "<br>") for part in BLANK_LINES.split(lines) if part)
    return mark_safe("".join(f"<p>{part}</p>" for part in parts))  # escaped above


@register.filter
def highlight(text: str | None) -> SafeString:
    """Words a search found, between \\x02 and \\x03, as <mark>; all else escaped."""
    found = MARKED.sub(r"<mark>\1</mark>", str(conditional_escape(text or "")))
    return mark_safe(STRAY.sub("", found))  # escaped above


@register.simple_tag(takes_context=True)
def query_with(context: Context, **changes: Any) -> str:
    """The page's own query string with some values changed, or taken out with None or "".

    `?` alone when nothing is left, so that the link still leads to the page without a query."""
    request = _request(context)
    query = request.GET.copy() if request else QueryDict(mutable=True)
    for name, value in changes.items():
        if value in (None, ""):
            query.pop(name, None)
        else:
            query[name] = str(value)
    return f"?{query.urlencode()}"
