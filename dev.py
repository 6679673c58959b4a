#!/usr/bin/env python3
"""The one door for anyone who wants to see, test or change Systems Changers.

    python3 dev.py run            start the site with a database and believable people
    python3 dev.py test [...]     run every test; what follows goes to pytest
    python3 dev.py check          lint, format, types, import contracts, migrations, deploy checks
    python3 dev.py bench [...]    run the benchmarks; what follows goes to them
    python3 dev.py manage ...     Django's own commands, with the same set-up
    python3 dev.py lock [...]     make the requirements files again; what follows goes to uv

It needs Python 3.11 or newer and nothing else: it makes .venv, installs the locked packages and
starts a PostgreSQL of its own. What is kept (database, photos, logs) lies in .data. It reads PORT
(8000), DATABASE_URL (a PostgreSQL of yours), CHROMIUM_PATH (a browser of yours) and CI from the
environment. `run --empty` starts without the demonstration people; `check --fix` first mends what a
machine can mend.
"""

import sys

if sys.version_info < (3, 11):  # noqa: UP036 -- it is older Pythons that have to be told
    sys.exit(
        f"dev.py needs Python 3.11 or newer, and this is Python {sys.version.split()[0]}.\n"
        "Install a newer one, then say for example: python3.11 dev.py run"
    )
if sys.platform == "win32":
    sys.exit("On Windows, run this inside WSL (to get it: wsl --install).")

import contextlib
import os
import secrets
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path

from systemschangers.launcher import browser, database, site
from systemschangers.launcher.children import Child, in_front, quietly
from systemschangers.launcher.console import Stopped, Trouble, say, step
from systemschangers.launcher.packages import set_up
from systemschangers.launcher.places import PYTHON, ROOT, SITE_LOCK, TESTS_LOCK, VENV, clean_env

LEFT_OUT = "The browser journeys were LEFT OUT: no Chromium was found."
GET_ONE = "Install chromium or google-chrome, or set CHROMIUM_PATH to one."


def run(arguments: list[str]) -> int:
    if set(arguments) - {"--empty"}:
        raise Trouble("`run` knows one option: --empty")
    site.run(empty="--empty" in arguments)
    return 0


def test(arguments: list[str]) -> int:
    began = time.monotonic()
    say("Getting ready to test")
    set_up(TESTS_LOCK)
    chromium = browser.find()
    if not chromium:
        if os.environ.get("CI", "").lower() in {"1", "true", "yes"}:
            raise Trouble(f"In CI the browser journeys must run: no Chromium was found. {GET_ONE}")
        say(f"\n  {LEFT_OUT}\n  {GET_ONE}\n")
    with database.passing(*database.IN_A_HURRY) as address:
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
        command = [PYTHON, "-m", "pytest", "-n", str(cores), "--dist", "worksteal"]
        command += ["-o", "faulthandler_timeout=300", "-o", "faulthandler_exit_on_timeout=true"]
        command += [] if chromium else ["-m", "not browser"]
        env = clean_env(SC_MODE="test", DATABASE_URL=address, CHROMIUM_PATH=chromium or "")
        code = in_front([*command, *arguments], env)
    say(f"\nAll told this took {time.monotonic() - began:.0f} s.")
    if not chromium:
        say(f"{LEFT_OUT} {GET_ONE}")
    return code


def check(arguments: list[str]) -> int:
    if set(arguments) - {"--fix"}:
        raise Trouble("`check` knows one option: --fix")
    say("Checking")
    set_up(TESTS_LOCK)
    pages = [str(path) for path in (ROOT / "templates").rglob("*.html")]
    tools, manage = f"{VENV}/bin/", [PYTHON, "manage.py"]
    env = as_in_production("postgres://nobody@127.0.0.1:1/nowhere")
    if arguments:
        in_front([tools + "ruff", "check", "--fix-only", "--quiet"], env)
        in_front([tools + "ruff", "format", "--quiet"], env)
        in_front([tools + "djade", "--target-version", "5.2", *pages], env)
    checks = {
        "lint": [tools + "ruff", "check"],
        "format": [tools + "ruff", "format", "--check"],
        "templates": [tools + "djade", "--check", "--target-version", "5.2", *pages],
        "import contracts": [tools + "lint-imports"],
        "missing migrations": [*manage, "makemigrations", "--check", "--dry-run"],
        "deploy checks": [*manage, "check", "--deploy", "--fail-level", "WARNING"],
        "types": [tools + "mypy"],
    }
    with contextlib.ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        running = {
            name: stack.enter_context(Child(name, command, env, folder / name))
            for name, command in checks.items()
        }
        failed = [name for name, child in running.items() if child.process.wait() != 0]
        for name in failed:
            say(f"\n--- {name} ---\n{(folder / name).read_text(errors='replace')}")
    for name in checks:
        say(f"  {name}: {'FAILED' if name in failed else 'good'}")
    return 1 if failed else 0


def bench(arguments: list[str]) -> int:
    set_up(TESTS_LOCK)
    with database.passing() as address:
        return in_front([PYTHON, "-m", "tests.bench", *arguments], as_in_production(address))


def manage(arguments: list[str]) -> int:
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.redirect_stdout(sys.stderr))  # stdout is the command's own
        set_up(SITE_LOCK)
        address = stack.enter_context(site.database_address())
        env = site.env(address, site.wanted_port())
        return in_front([PYTHON, "manage.py", *arguments], env)


def lock(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        uv = shutil.which("uv") or f"{folder}/bin/uv"
        if folder in uv:
            with step("Fetching uv"):
                subprocess.run([sys.executable, "-m", "venv", folder], check=True)
                subprocess.run([f"{folder}/bin/pip", "install", "--quiet", "uv"], check=True)
        options = "--universal --python-version 3.11 --generate-hashes --no-emit-index-url"
        options += " --no-header --no-annotate --quiet"
        for name, sources in {
            "": "pyproject.toml",
            "-dev": "pyproject.toml --group dev --constraint requirements.txt",
            "-local": "--group local --no-deps",
        }.items():
            file = f"requirements{name}.txt"
            words = f"pip compile {sources} {options} --output-file {file}".split()
            env = clean_env(UV_PYTHON_DOWNLOADS="never")
            quietly(f"Making {file}", [uv, *words, *arguments], env)
    return 0


def as_in_production(address: str) -> dict[str, str]:
    """Production's settings with made-up secrets, for checks and measurements."""
    return clean_env(
        SC_MODE="production",
        SECRET_KEY=secrets.token_urlsafe(64),
        DATABASE_URL=address,
        ALLOWED_HOSTS="systems-changers.example,localhost,127.0.0.1",
        SITE_ADDRESS="https://systems-changers.example",
        EMAIL_URL="smtp://mail.systems-changers.example:587",
        DEFAULT_FROM_EMAIL="hello@systems-changers.example",
    )


COMMANDS = {command.__name__: command for command in (run, test, check, bench, manage, lock)}
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def stop(number: int, _: object) -> None:
    for ending in ENDINGS:  # once is enough: what follows is the orderly end
        signal.signal(ending, signal.SIG_IGN)
    raise Stopped(number)


def main(words: list[str]) -> int:
    if not words or words[0] not in COMMANDS:
        say(__doc__.strip())
        return 0 if words in (["--help"], ["-h"], ["help"]) else 2
    for ending in ENDINGS:
        signal.signal(ending, stop)
    try:
        return COMMANDS[words[0]](words[1:])
    except Stopped as stopped:
        return 128 + stopped.number
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr)
    except PermissionError as error:
        owner = f"Whoever made {Path(error.filename or ROOT).name} may be another account."
        print(f"\n{error}\n{owner}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
