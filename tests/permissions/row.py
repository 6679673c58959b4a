"""What a row of the permission matrix says.

A spec is the status for whoever is not named, then exceptions: "404 ana,mo=200". The two who are
signed out (nobody, and Eve whose account ended) are sent to sign in unless `nobody=` says otherwise."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Row:
    """`of` names the thing in the scene whose key the address takes; `data` is what POST sends."""

    get: str
    post: str = "405 nobody=405"
    of: str = ""
    data: dict = field(default_factory=dict)
    query: str = ""
    path: str = ""


OPEN = "200 nobody=200"
NEVER = "405 nobody=302|405"
POST_ONLY = "405 nobody=302"
STAFF = "403 cas,ada=200"
