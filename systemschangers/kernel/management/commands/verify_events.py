from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from systemschangers.kernel import seals
from systemschangers.kernel.models import Event, EventSeal


class Command(BaseCommand):
    help = (
        "Check every seal on the events. Ends with 1 when one was changed, removed or slipped in."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--expect", default="", metavar="DIGEST", help="a digest kept elsewhere, from the logs"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        faults = list(seals.verify(options["expect"]))
        for fault in faults:
            self.stdout.write(str(fault))
        if faults:
            raise CommandError("The events are not as they were sealed.", returncode=1)
        last = EventSeal.objects.order_by("-last_id").first()
        sealed = last.last_id if last else 0
        waiting = Event.objects.filter(pk__gt=sealed).count()
        self.stdout.write(
            f"{EventSeal.objects.count()} seals hold. {waiting} newer events wait for theirs."
        )
        if last:
            self.stdout.write(f"The last digest, to keep elsewhere: {last.digest}")
