from django.contrib.postgres.indexes import GinIndex
from django.db import models


class SearchWord(models.Model):
    """A word that occurs in wins everyone may see, so that a search with a typo can be mended.

    Kept by the queue every night. Never from narrower wins: a suggestion would tell on them."""

    word = models.CharField(max_length=60, primary_key=True)
    wins = models.PositiveIntegerField()

    class Meta:
        indexes = [GinIndex(fields=["word"], opclasses=["gin_trgm_ops"], name="search_word_alike")]

    def __str__(self) -> str:
        return self.word
