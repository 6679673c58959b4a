"""`manage.py load_demo`: people, services and a year of small wins, for trying the software."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date, datetime, time
from time import monotonic
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from cohorts.models import Organisation, Person
from systemschangers.home.demo.cast import introductions
from systemschangers.home.demo.loading import load
from systemschangers.home.demo.plan import plan


class Command(BaseCommand):
    help = "Fills an empty database with believable people, services and a year of small wins."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--seed", type=int, default=2, help="the same seed gives the same demo")
        parser.add_argument("--size", choices=["small", "full"], default="full")
        parser.add_argument(
            "--today",
            type=date.fromisoformat,
            help="the day the year ends on, YYYY-MM-DD (default: now)",
        )
        parser.add_argument("--people", action="store_true", help="only say who you can be")
        parser.add_argument(
            "--yes", action="store_true", help="load into an empty production database"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Does nothing when people are here. In production, asks for an empty database and --yes."""
        if options["people"]:
            for line in introductions():
                self.stdout.write(line)
            return
        here = Person.objects.exists()
        if settings.PRODUCTION and (not options["yes"] or here or Organisation.objects.exists()):
            raise CommandError(
                "This is a production site. The demo is loaded there only into an empty database, "
                "and only with --yes. Nothing was changed."
            )
        if here:
            self.stdout.write("There are people here already, so the demo was not loaded again.")
            return
        began = monotonic()
        made = plan(options["seed"], _moment(options["today"]), options["size"])
        load(made)
        self.stdout.write(
            f"Loaded {len(made.people)} people, {len(made.wins)} small wins, {len(made.cheers)} "
            f"appreciations and {len(made.remarks)} comments in {monotonic() - began:.1f} seconds."
        )


def _moment(today: date | None) -> datetime:
    """Now, or the end of the afternoon of the day asked for."""
    now = timezone.now()
    if today is None or today == timezone.localdate(now):
        return now
    return timezone.make_aware(datetime.combine(today, time(17, 30)))
