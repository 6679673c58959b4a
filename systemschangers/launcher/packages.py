"""The virtual environment and the locked packages in it."""

import contextlib
import hashlib
import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path

from systemschangers.launcher.children import locked, quietly
from systemschangers.launcher.console import Trouble, counting, say
from systemschangers.launcher.places import (
    POSTGRES_LOCK,
    PYTHON,
    SITE_LOCK,
    TESTS_LOCK,
    VENV,
    clean_env,
)

STAMP = VENV / "installed.json"


def set_up(*locks: Path) -> None:
    """Make .venv where there is none that works, and install what a lock names if it changed."""
    with locked("set-up.lock") as first:
        if first:
            return make_ready(*locks)
    say("  Waiting for another dev.py that is setting up this folder ...")
    with locked("set-up.lock", wait=True):
        make_ready(*locks)


def make_ready(*locks: Path) -> None:
    installed: dict[str, str] = {}
    with contextlib.suppress(FileNotFoundError, ValueError):
        installed = json.loads(STAMP.read_text())
    if not identity() or installed.get("python") != identity():
        make_venv()
        installed = {"python": identity()}
        STAMP.write_text(json.dumps(installed))
    for lock in locks:
        if installed.get(lock.name) != digest(lock):
            install(lock)
            installed[lock.name] = digest(lock)
            if lock == TESTS_LOCK:  # it holds all that the site needs, at the same versions
                installed[SITE_LOCK.name] = digest(SITE_LOCK)
            STAMP.write_text(json.dumps(installed))


def identity() -> str:
    """Which Python .venv runs, and where; nothing when it does not run (any more, or here)."""
    asked = [PYTHON, "-c", "import sys; print(sys.prefix, *sys.version_info[:2])"]
    try:
        return subprocess.run(asked, capture_output=True, text=True, env=clean_env()).stdout
    except OSError:
        return ""


def digest(lock: Path) -> str:
    return hashlib.sha256(lock.read_bytes()).hexdigest()


def make_venv() -> None:
    if importlib.util.find_spec("ensurepip") is None:
        package = "python{}.{}-venv".format(*sys.version_info[:2])
        raise Trouble(f"Python's venv module is not complete here. Try: sudo apt install {package}")
    command = [sys.executable, "-m", "venv", "--clear", str(VENV)]
    quietly("Making a virtual environment in .venv", command, clean_env())


def install(lock: Path) -> None:
    """pip with hashes, wheels only. Modules are compiled when first used: that is quicker."""
    total = len(re.findall(r"^\S+==", lock.read_text(), re.MULTILINE))
    command = [PYTHON, "-m", "pip", "install", "--require-hashes", "--only-binary", ":all:"]
    command += ["--no-compile", "--no-input", "--progress-bar=off", "--disable-pip-version-check"]
    if lock == POSTGRES_LOCK:  # its programs are all that we use of it
        command.append("--no-deps")
    news = counting(r"Collecting |Requirement already", f"of {total}")
    command += ["-r", str(lock)]
    quietly(f"Installing the packages of {lock.name}", command, clean_env(), news)
