"""What a first visit to the wall weighs, and how many requests it takes."""

from __future__ import annotations

import re
from urllib.parse import urldefrag

from .load import Driver

ASKED = re.compile(r'(?:href|src)="(/static/[^"]+)"')


def first_view(driver: Driver) -> dict[str, int]:
    """Bytes by address, bodies as they were sent, of the page and all that it asks for at once."""
    status, _, page = driver.get("/wins/")
    if status != 200:
        raise RuntimeError(f"The wall answered {status}.")
    weights = {"/wins/": len(page)}
    for address in ASKED.findall(_text(driver)):
        address = urldefrag(address).url
        if address not in weights:
            status, _, body = driver.get(address)
            if status != 200:
                raise RuntimeError(f"{address} answered {status}.")
            weights[address] = len(body)
    return weights


def _text(driver: Driver) -> str:
    plain = Driver(driver.port, {})
    plain.headers = driver.headers | {"Accept-Encoding": "identity"}
    return plain.get("/wins/")[2].decode()
