"""Run by the virtual environment's Python: migrations, then the demonstration people.

One process for all of it, because starting Django three times is most of a restart.
"""

import os
import sys

PEOPLE = "--- the people you can be ---"


def main(empty: bool) -> None:
    os.environ["DJANGO_SETTINGS_MODULE"] = "systemschangers.settings"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", interactive=False)
    if not empty:
        print("Loading a year of small wins", flush=True)
        call_command("load_demo")
    print(PEOPLE, flush=True)
    if not empty:
        call_command("load_demo", people=True)


if __name__ == "__main__":
    main(empty="--empty" in sys.argv)
