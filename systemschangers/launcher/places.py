"""Where things lie in a clone."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
VENV = ROOT / ".venv"
PYTHON = str(VENV / "bin" / "python")
DATA = ROOT / ".data"
LOGS = DATA / "log"

SITE_LOCK = ROOT / "requirements.txt"
TESTS_LOCK = ROOT / "requirements-dev.txt"
POSTGRES_LOCK = ROOT / "requirements-local.txt"


def clean_env(**more: str) -> dict[str, str]:
    """The person's environment (their pip settings included) without what would mix packages."""
    unwanted = {"PYTHONPATH", "PYTHONHOME", "PIP_USER", "DJANGO_SETTINGS_MODULE"}
    return {key: value for key, value in os.environ.items() if key not in unwanted} | more
