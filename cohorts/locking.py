"""A worker's places in cohorts follow her agreements: whoever moves either holds her row first.

So an agreement that is agreed while a place is being accepted finds that place, and the other way
round, and no two of them wait for each other."""

from __future__ import annotations

from cohorts.models import Membership, Person


def lock_worker(pk: int) -> None:
    """Held until the transaction ends, before the rows of agreements and places themselves."""
    Person.objects.select_for_update(no_key=True).values_list("pk", flat=True).get(pk=pk)


def locked_membership(membership: Membership) -> Membership:
    """The worker first, then the place; read after, since a join read while waiting would be old."""
    lock_worker(membership.person_id)
    key = Membership.objects.select_for_update().values_list("pk", flat=True)
    return Membership.objects.for_detail().get(pk=key.get(pk=membership.pk))
