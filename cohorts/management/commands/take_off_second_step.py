from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from cohorts.actions.second_steps import take_off
from cohorts.models import Person


class Command(BaseCommand):
    help = (
        "Take the second step off the account of somebody who has lost their phone and their "
        "recovery codes. Make sure first that it is them who asks. They are told by letter."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email", help="the address they sign in with")

    def handle(self, *args: Any, **options: Any) -> None:
        person = Person.objects.here().filter(email=options["email"].strip().lower()).first()
        if person is None:
            raise CommandError("Nobody with an open account has that address.")
        removed = take_off(person=person, by=None, at=timezone.now())
        self.stdout.write(f"Taken off: {removed}. A code by e-mail lets them in now.")
