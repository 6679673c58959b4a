"""Filling in a form as a browser does: what it shows first, with some answers changed."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.test import Client


def _is_sent(has: dict[str, str | None]) -> bool:
    return has.get("type") not in ("file", "checkbox", "radio") or "checked" in has


class _Fields(HTMLParser):
    """The values a browser would send of the form with most fields on a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[dict[str, list[str]]] = []
        self._area = self._select = ""

    def handle_starttag(self, tag: str, attributes: list) -> None:
        has = dict(attributes)
        name = has.get("name", "")
        if tag == "form":
            self.forms.append({})
        elif not self.forms:
            return
        elif tag == "textarea":
            self._area = name
            self.forms[-1].setdefault(name, [""])
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in has:
            self.forms[-1].setdefault(self._select, []).append(has.get("value", ""))
        elif tag == "input" and name and _is_sent(has):
            self.forms[-1].setdefault(name, []).append(has.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""
        elif tag == "select":
            self._select = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.forms[-1][self._area] = [data.removeprefix("\n")]


def answers(browser: Client, address: str, **changed: Any) -> dict[str, Any]:
    """What the form at `address` would send, with `changed`. Empty without a form there."""
    page = browser.get(address)
    fields = _Fields()
    if page.status_code == 200:
        fields.feed(page.content.decode())
    shown = max(fields.forms, key=len) if fields.forms else {}
    sent = {name: values[0] if len(values) == 1 else values for name, values in shown.items()}
    return sent | changed


def press(browser: Client, address: str, **changed: Any) -> Any:
    """Fill in the form at `address`, send it, and go where it leads."""
    return browser.post(address, answers(browser, address, **changed), follow=True)
