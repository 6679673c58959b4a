from django.conf import settings
from django.core.management.base import BaseCommand

from cohorts.set_up_codes import set_up_code


class Command(BaseCommand):
    help = "Print the code that opens /start/ while nobody has an account here yet."

    def handle(self, *args, **options) -> None:
        self.stdout.write(set_up_code())
        self.stderr.write(f"Open {settings.SITE_ADDRESS}/start/ and type this code there.")
