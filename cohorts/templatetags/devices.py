"""What a browser says of itself, in words a person knows their own phone by."""

from __future__ import annotations

import ipaddress

from django import template

register = template.Library()

# In this order: most browsers also claim to be those below them.
BROWSERS = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
MACHINES = (
    ("iPhone", "an iPhone"),
    ("iPad", "an iPad"),
    ("Android", "an Android phone"),
    ("CrOS", "a Chromebook"),
    ("Windows", "a Windows computer"),
    ("Macintosh", "a Mac"),
    ("Linux", "a Linux computer"),
)


@register.filter
def device(user_agent: str) -> str:
    """ "Chrome on an Android phone"; "A browser" when it does not say."""
    browser = next((name for mark, name in BROWSERS if mark in user_agent), "A browser")
    machine = next((name for mark, name in MACHINES if mark in user_agent), "")
    return f"{browser} on {machine}" if machine else browser


@register.filter
def network(address: str) -> str:
    """Where from, roughly: the network an address is in, never the whole address."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if found.is_loopback:
        return "this machine"
    if found.version == 4:
        return ".".join(address.split(".")[:2]) + ".x.x"
    return ":".join(found.exploded.split(":")[:3]) + ":…"


@register.filter
def in_fours(secret: str) -> str:
    """A long key in groups that can be copied by hand."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))
