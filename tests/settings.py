"""The project's settings, in test mode; read before any conftest is."""

import os

os.environ["SC_MODE"] = "test"
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from systemschangers.settings import *  # noqa: F403
