"""`run`: the site, its worker and its database, together until Ctrl-C."""

import contextlib
import http.client
import json
import os
import signal
import socket
import time
from collections.abc import Iterator

from systemschangers.launcher import database
from systemschangers.launcher.children import Child, command_of, locked, quietly
from systemschangers.launcher.console import Stopped, Trouble, say, step
from systemschangers.launcher.packages import set_up
from systemschangers.launcher.places import DATA, LOGS, PYTHON, SITE_LOCK, VENV, clean_env
from systemschangers.launcher.prepare import PEOPLE

RUNNING = DATA / "running.json"


def run(empty: bool) -> None:
    port = wanted_port()
    with locked("run.lock") as first:
        if not first:
            raise Trouble(still_running())
        refuse_taken(port, patient=end_leftovers())
        note(pid=os.getpid(), port=port)
        try:
            serve(port, empty)
        except Stopped:
            say("\nStopped. Everything you made is kept: run it again to go on.")
        finally:
            RUNNING.unlink(missing_ok=True)


def serve(port: int, empty: bool) -> None:
    say("Getting ready (the first time takes a minute or so)")
    set_up(SITE_LOCK)
    with contextlib.ExitStack() as stack:
        address, needed = stack.enter_context(database.kept())
        surroundings = env(address, port)
        people = prepare(surroundings, empty)
        for name, command in programs(port).items():
            log = LOGS / f"{name}.log"
            needed.append(stack.enter_context(Child(name, command, surroundings, log)))
        note(pid=os.getpid(), port=port, database=address, children=[c.process.pid for c in needed])
        with step("Starting the site"):
            until_ready(port, needed)
        welcome(port, people)
        while True:
            for child in needed:
                child.insist()
            time.sleep(0.5)


def programs(port: int) -> dict[str, list[str]]:
    """What runs beside the database, in the order of starting. They stop in the opposite order."""
    server = "granian --interface wsgi --host 127.0.0.1 --blocking-threads 4 --no-ws --port"
    return {
        "worker": [PYTHON, "manage.py", "procrastinate", "worker"],
        "server": [PYTHON, "-m", *server.split(), str(port), "systemschangers.wsgi:application"],
    }


def env(address: str, port: int) -> dict[str, str]:
    return clean_env(
        SC_MODE="development",
        DATABASE_URL=address,
        SITE_ADDRESS=f"http://localhost:{port}",
        PYTHONUNBUFFERED="1",
    )


def prepare(surroundings: dict[str, str], empty: bool) -> list[str]:
    """Bring the database up to date and see that there are people to be. Gives them, a line each."""
    LOGS.mkdir(exist_ok=True)
    command = [PYTHON, "-m", "systemschangers.launcher.prepare", *(["--empty"] if empty else [])]
    lines = quietly("Bringing the database up to date", command, surroundings)
    return lines[lines.index(PEOPLE) + 1 :]


def until_ready(port: int, needed: list[Child]) -> None:
    """Wait for the health page to say that the site and its database answer."""
    said = "nothing"
    for _ in range(600):
        for child in needed:
            child.insist()
        try:
            line = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            line.request("GET", "/health/ready/", headers={"Host": f"localhost:{port}"})
            answer = line.getresponse()
            said = f"{answer.status} {answer.read(200)!r}"
            if answer.status == 200:
                return
        except (OSError, http.client.HTTPException) as error:
            said = str(error)
        time.sleep(0.1)
    raise Trouble(f"The site does not become ready: {said}\nSee {LOGS / 'server.log'}")


def welcome(port: int, people: list[str]) -> None:
    here = f"http://localhost:{port}/"
    say(f"\nOpen  {here}\n")
    if people:
        say("\n".join([*people, ""]))
        say(f"Be any of them, one tap:  {here}demo/")
    say(f"Letters the site sends:   {here}outbox/")
    say(f"Logs:                     {LOGS}")
    say("Stop with Ctrl-C.")


# --- The port, and who else is here ---------------------------------------------------------------


def wanted_port() -> int:
    asked = os.environ.get("PORT", "8000")
    if not asked.isdecimal() or not 0 < int(asked) < 65536:
        raise Trouble(f"PORT is {asked!r}; it must be a number from 1 to 65535.")
    return int(asked)


def refuse_taken(port: int, patient: bool) -> None:
    """Say so before any long work. After a kill, our own old server may need a moment to go."""
    deadline = time.monotonic() + (15 if patient else 0)
    while taken(port):
        if time.monotonic() > deadline:
            raise Trouble(
                f"Port {port} is taken by another program. Stop that one, or take another port:\n"
                f"  PORT={port + 1} python3 dev.py run"
            )
        time.sleep(0.2)


def taken(port: int) -> bool:
    """Whether anything listens there, on any address that a browser takes `localhost` for."""
    for family, host in ((socket.AF_INET, "127.0.0.1"), (socket.AF_INET6, "::1")):
        with contextlib.suppress(OSError), socket.socket(family) as probe:
            probe.settimeout(1)
            if probe.connect_ex((host, port)) == 0:
                return True
    try:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))
    except PermissionError:
        raise Trouble(f"This account may not use port {port}. Try PORT=8000 or higher.") from None
    except OSError:
        return True
    return False


def note(**facts: object) -> None:
    """What runs here, for a second dev.py. It holds the database's password."""
    DATA.mkdir(exist_ok=True)
    RUNNING.unlink(missing_ok=True)
    RUNNING.touch(mode=0o600)
    RUNNING.write_text(json.dumps(facts))


def noted() -> dict:
    try:
        return json.loads(RUNNING.read_text())
    except (FileNotFoundError, ValueError):
        return {}


def still_running() -> str:
    facts = noted()
    if "port" not in facts:
        return "Another dev.py is using this folder's database. Wait for it to end, or stop it."
    return (
        f"It is already running from this folder: http://localhost:{facts['port']}/\n"
        f"Stop it with Ctrl-C in its own window, or here with: kill {facts['pid']}"
    )


def end_leftovers() -> bool:
    """Stop what a killed `run` left. Only needed where programs don't hear that we are gone."""
    facts = noted()
    for pid in facts.get("children", ()):
        if str(VENV) in command_of(pid):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
    return bool(facts)


@contextlib.contextmanager
def database_address() -> Iterator[str]:
    """The database of the `run` of this clone, started for the moment where none runs."""
    with locked("run.lock") as free:
        if free:
            with database.kept() as (address, _):
                yield address
        elif "database" in noted():
            yield noted()["database"]
        else:
            raise Trouble("The site of this folder is just starting. Try again in a moment.")
