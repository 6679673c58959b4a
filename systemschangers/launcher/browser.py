"""A browser for the journeys: the person's, the machine's, or Playwright's own."""

import contextlib
import os
import shutil
import subprocess
from pathlib import Path

from systemschangers.launcher.console import Trouble
from systemschangers.launcher.places import PYTHON, clean_env

# The one without windows first: the same engine, a third less work.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)
MAC = (
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
)
PLAYWRIGHTS_OWN = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def find() -> str | None:
    """The path of a Chromium that runs here. CHROMIUM_PATH, where set, must be one."""
    asked = os.environ.get("CHROMIUM_PATH", "")
    if asked:
        if runs(asked):
            return asked
        raise Trouble(f"CHROMIUM_PATH is {asked}, and that is not a browser that runs here.")
    for found in (*map(shutil.which, NAMES), *MAC):
        if found and runs(found):
            return found
    command = [PYTHON, "-c", PLAYWRIGHTS_OWN]
    answer = subprocess.run(command, env=clean_env(), capture_output=True, text=True, check=False)
    own = answer.stdout.strip()
    return own if own and Path(own).exists() and runs(own) else None


def runs(path: str) -> bool:
    """Some systems have a stand-in on the PATH that only tells how to install the real one."""
    with contextlib.suppress(OSError, subprocess.TimeoutExpired):
        answer = subprocess.run([path, "--version"], capture_output=True, timeout=30, check=False)
        return answer.returncode == 0
    return False
