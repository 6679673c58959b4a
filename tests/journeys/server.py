"""The real server, beside the tests and on their database."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Server:
    """`url` has no slash at its end; `log` is what the server said."""

    url: str
    log: Path

    def errors_since(self, start: int) -> list[str]:
        said = self.log.read_text(errors="replace")[start:].splitlines()
        return [line for line in said if "Traceback" in line or '"level": "error"' in line]


@contextmanager
def running_server(*, media: Path) -> Iterator[Server]:
    """One granian a test process, on its database, a free port and a folder for photos."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    database = connection.settings_dict
    address = "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**database)
    env = os.environ | {
        "SC_MODE": "test",
        "SERVE_STATIC": "1",
        "DATABASE_URL": address,
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "SITE_ADDRESS": f"http://localhost:{port}",
        "MEDIA_ROOT": str(media),
        "DJANGO_SETTINGS_MODULE": "systemschangers.settings",
    }
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--workers", "1", "--blocking-threads", "4"]
    command += ["--no-ws", "--log-level", "warning", "systemschangers.wsgi:application"]
    log = Path(tempfile.mkstemp(prefix="journeys-", suffix=".log")[1])
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, cwd=ROOT, env=env, stdout=output, stderr=output, preexec_fn=_end_with_us
        )
    try:
        server = Server(f"http://localhost:{port}", log)
        _wait_until_ready(process, server)
        yield server
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(timeout=10)
        process.kill()
        process.wait()
        log.unlink()


def _end_with_us() -> None:
    """On Linux the kernel stops the server should the tests be killed."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)


def _wait_until_ready(process: subprocess.Popen[bytes], server: Server) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline and process.poll() is None:
        with (
            suppress(urllib.error.URLError, ConnectionError, TimeoutError),
            urllib.request.urlopen(f"{server.url}/health/ready/", timeout=5) as answer,
        ):
            if answer.status == 200:
                return
        time.sleep(0.1)
    raise RuntimeError(
        f"The server did not start:\n{server.log.read_text(errors='replace')[-4000:]}"
    )
