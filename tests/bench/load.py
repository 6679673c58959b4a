"""A small load driver: a few kept-alive connections, each asking again as soon as it is answered."""

from __future__ import annotations

import http.client
import itertools
import math
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

from .server import ADDRESS, HOST

CONNECTIONS = 4


@dataclass(frozen=True)
class Call:
    path: str
    body: dict[str, str] | None = None
    expect: int = 200
    lands: str = ""  # how the address it is led to must begin


@dataclass
class Sample:
    """What was measured of one address. Times in milliseconds."""

    times: list[float] = field(default_factory=list)
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.times) if self.times else math.nan

    @property
    def p95(self) -> float:
        return sorted(self.times)[math.ceil(len(self.times) * 0.95) - 1] if self.times else math.nan

    @property
    def rate(self) -> float:
        return len(self.times) / self.seconds if self.seconds else 0.0


class Driver:
    """Speaks to the server as a proxy before it would: plain HTTP, saying that it was HTTPS."""

    def __init__(self, port: int, cookies: dict[str, str]) -> None:
        self.port = port
        self.headers = {
            "Host": HOST,
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "192.0.2.1",
            "Accept-Encoding": "br, gzip",
            "Referer": f"{ADDRESS}/",
            "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        }

    def drive(
        self,
        sample: Sample,
        call: Callable[[int], Call],
        *,
        seconds: float = 0,
        times: int = 0,
        connections: int = CONNECTIONS,
    ) -> None:
        """Ask for `seconds`, or `times` times in all; `call` gives the n-th thing to ask for."""
        turns: Iterator[int] = itertools.count(len(sample.times))
        end = time.perf_counter() + (seconds or 3600)
        last = len(sample.times) + times if times else None

        def one_connection() -> None:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            while time.perf_counter() < end:
                turn = next(turns)
                if last is not None and turn >= last:
                    break
                try:
                    self._ask(connection, call(turn), sample)
                except (OSError, http.client.HTTPException) as error:
                    sample.wrong.append(f"{type(error).__name__} for {call(turn).path}")
                    break
            connection.close()

        began = time.perf_counter()
        threads = [threading.Thread(target=one_connection) for _ in range(connections)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        sample.seconds += time.perf_counter() - began

    def _ask(self, connection: http.client.HTTPConnection, call: Call, sample: Sample) -> None:
        began = time.perf_counter()
        status, headers, body = self.fetch(connection, call)
        sample.times.append((time.perf_counter() - began) * 1000)
        where = headers.get("Location", "")
        if status != call.expect or not where.startswith(call.lands):
            sample.wrong.append(f"{status} {where} for {call.path}")
        elif status == 200 and not body:
            sample.wrong.append(f"nothing for {call.path}")

    def fetch(
        self, connection: http.client.HTTPConnection, call: Call
    ) -> tuple[int, http.client.HTTPMessage, bytes]:
        headers = dict(self.headers)
        if call.body is None:
            connection.request("GET", call.path, headers=headers)
        else:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            connection.request("POST", call.path, urlencode(call.body), headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()

    def get(self, path: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        return self.fetch(
            http.client.HTTPConnection("127.0.0.1", self.port, timeout=30), Call(path)
        )
