"""A rule the database refused to have broken, in the words its constraint was given.

Forms check the rules before; this is for the moment between the check and the write."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction


@contextmanager
def clashes_in_words(*kinds: type[models.Model]) -> Iterator[None]:
    """Run the block in a savepoint. Raises ValidationError for a broken constraint of `kinds`."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", None)
        for kind in kinds:
            for constraint in kind._meta.constraints:
                if constraint.name == name:
                    raise ValidationError(str(constraint.violation_error_message)) from error
        raise
