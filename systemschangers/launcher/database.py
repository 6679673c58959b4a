"""A PostgreSQL of our own: made, started, stopped. Or the one that DATABASE_URL names."""

import contextlib
import os
import secrets
import shutil
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

from systemschangers.launcher import postgres
from systemschangers.launcher.children import Child, command_of
from systemschangers.launcher.console import Trouble, say, step
from systemschangers.launcher.places import DATA, LOGS

IN_A_HURRY = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=200")


@contextlib.contextmanager
def kept() -> Iterator[tuple[str, list[Child]]]:
    """The database whose data stay, as its address and the programs that it needs."""
    if "DATABASE_URL" in os.environ:
        yield os.environ["DATABASE_URL"], []
        return
    programs, home = postgres.programs(), postgres.shelter() / "postgres"
    if home.parent != DATA:
        say(f"  Only root can open this folder, so the database is kept in {home}")
    if not (home / "data").exists():
        with step("Making the database"):
            make(home, programs)
    with contextlib.ExitStack() as stack:
        with step("Starting PostgreSQL"):
            server = stack.enter_context(running(home, programs, LOGS / "database.log"))
        yield address(home, server), [server]


@contextlib.contextmanager
def passing(*settings: str) -> Iterator[str]:
    """A database for one run of tests or benchmarks, gone afterwards. Gives its address."""
    if "DATABASE_URL" in os.environ:
        yield os.environ["DATABASE_URL"]
        return
    programs = postgres.programs()
    sweep()
    home = postgres.shelter() / f"passing-{os.getpid()}"
    try:
        with contextlib.ExitStack() as stack:
            with step("Starting a PostgreSQL for this run alone"):
                make(home, programs, "--no-sync")
                server = stack.enter_context(running(home, programs, home / "log", *settings))
            yield address(home, server)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def sweep() -> None:
    """Remove what runs that were killed could not."""
    for old in postgres.shelter().glob("passing-*"):
        if "dev.py" not in command_of(int(old.name.partition("-")[2])):
            make_way(old / "data")
            shutil.rmtree(old, ignore_errors=True)


def make(home: Path, programs: Path, *options: str) -> None:
    """A new, empty cluster with one account, whose password lies beside it."""
    home.mkdir(exist_ok=True)
    password, new = home / "password", home / "new"
    shutil.rmtree(new, ignore_errors=True)
    password.unlink(missing_ok=True)
    password.touch(mode=0o600)
    password.write_text(secrets.token_urlsafe(24))
    home.chmod(0o700)
    owner = postgres.account()
    for path in (password, home):
        os.chown(path, owner.get("user", -1), owner.get("group", -1))
    command = [str(programs / "initdb"), "-D", str(new), "-U", "sc", "-k", "-E", "UTF8", *options]
    command += ["-A", "scram-sha-256", f"--pwfile={password}"]
    made = postgres.as_postgres([*command, "--locale=C.UTF-8"])
    if "invalid locale" in made.stderr:  # older macOS has no C.UTF-8
        made = postgres.as_postgres([*command, "--locale=en_US.UTF-8"])
    if made.returncode == 0:  # --single: without a server, without client programs
        alone = [str(programs / "postgres"), "--single", "-D", str(new), "postgres"]
        made = postgres.as_postgres(alone, input="CREATE DATABASE systemschangers\n")
    if made.returncode != 0:
        raise Trouble(f"{made.stdout}\n{made.stderr}\n\nPostgreSQL could not make {home}")
    new.rename(home / "data")


@contextlib.contextmanager
def running(home: Path, programs: Path, log: Path, *settings: str) -> Iterator[Child]:
    """Run the cluster in `home` until the block ends."""
    data, release = home / "data", postgres.release_of(programs)
    made_by = (data / "PG_VERSION").read_text().strip()
    if made_by != str(release):
        raise Trouble(
            f"The database in {data} was made by PostgreSQL {made_by}; this one is {release}.\n"
            f"Keep a copy of what you need, then remove {home} to start afresh."
        )
    make_way(data)
    command = [str(programs / "postgres"), "-D", str(data), "-p", str(free_port())]
    for setting in ("listen_addresses=127.0.0.1", "unix_socket_directories=", *settings):
        command += ["-c", setting]
    log.parent.mkdir(exist_ok=True)
    options = {"log": log, "ending": signal.SIGINT, "cwd": "/", **postgres.account()}
    with Child("database", command, postgres.env(), **options) as server:
        while not is_up(data, server):
            server.insist()
            time.sleep(0.05)
        yield server


def is_up(data: Path, server: Child) -> bool:
    """PostgreSQL writes its state into the eighth line of this file, for pg_ctl."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return False
    ours = len(lines) >= 8 and lines[0] == str(server.process.pid)
    return ours and lines[7].strip() == "ready"


def address(home: Path, server: Child) -> str:
    port = server.command[server.command.index("-p") + 1]
    return f"postgres://sc:{(home / 'password').read_text()}@127.0.0.1:{port}/systemschangers"


def make_way(data: Path) -> None:
    """What a killed server left behind must not keep the next one from starting.

    A file of a dead server is PostgreSQL's own to judge: it makes sure that no part still runs.
    """
    left = data / "postmaster.pid"
    if not left.exists():
        return
    pid = int(left.read_text().split()[0])
    command = command_of(pid)
    if command and str(data) not in command:  # the number now belongs to another program
        left.unlink()
    elif command:  # on its way out, or left running where nothing tells it that we are gone
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGINT)
        deadline = time.monotonic() + 30
        while command_of(pid) and time.monotonic() < deadline:
            time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
