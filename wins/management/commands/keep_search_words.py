from django.core.management.base import BaseCommand

from wins.search import keep_words


class Command(BaseCommand):
    help = "Reads the words of wins that everyone here may see, for searches with a typo."

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"Kept {keep_words()} words.")
