"""The real server, with the settings of production, for as long as a benchmark lasts."""

from __future__ import annotations

import contextlib
import http.client
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HOST = "bench.example"
ADDRESS = f"https://{HOST}"
PROCESSES = 2


def environment(database: str, folder: str) -> dict[str, str]:
    """What the README tells someone to set who runs it for a network."""
    kept = {
        k: v for k, v in os.environ.items() if not k.startswith(("SC_", "MICROSOFT_", "GOOGLE_"))
    }
    return kept | {
        "SC_MODE": "production",
        "DJANGO_SETTINGS_MODULE": "tests.bench.settings",
        "DATABASE_URL": database,
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": HOST,
        "SITE_ADDRESS": ADDRESS,
        "EMAIL_URL": "dummymail://",
        "DEFAULT_FROM_EMAIL": f"hello@{HOST}",
        "TRUSTED_PROXY_COUNT": "1",
        "STATIC_ROOT": f"{folder}/static",
        "MEDIA_ROOT": f"{folder}/media",
    }


@dataclass
class Server:
    port: int
    process: subprocess.Popen[bytes]

    def memory(self) -> int:
        """The resident memory of the biggest web process, in MB (2^20 bytes)."""
        found = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children")
        pids = [*found.read_text().split(), str(self.process.pid)]
        return max(_resident(pid) for pid in pids)


def _resident(pid: str) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) // 1024
    return 0


def collect(env: dict[str, str]) -> None:
    """Static files named by what is in them, and compressed."""
    command = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(command, env=env, check=True)


@contextlib.contextmanager
def running(env: dict[str, str]) -> Iterator[Server]:
    """Granian as the README says, with two web processes."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1"),
        *("--port", str(port), "--workers", str(PROCESSES), "systemschangers.wsgi:application"),
    ]
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, env=env, stdout=said, stderr=said)
        try:
            _wait_for(port, process)
            yield Server(port, process)
        except BaseException:
            said.seek(0)
            sys.stderr.write(said.read().decode(errors="replace")[-3000:])
            raise
        finally:
            process.terminate()
            try:
                process.wait(timeout=15)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _wait_for(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        with contextlib.suppress(OSError):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/health/live/", headers={"Host": HOST})
            if connection.getresponse().status == 200:
                return
        time.sleep(0.2)
    raise RuntimeError("The server did not start.")
