"""Every page of setting up: no accessibility fault, and nothing to scroll sideways on a phone."""

from __future__ import annotations

import pytest
from django.urls import reverse

from cohorts.models import Organisation, Place, Theme
from tests.factories.scene import build_scene
from tests.permissions import ADMIN

pytestmark = pytest.mark.browser


def test_setting_up_shuts_nobody_out(open_browser, sign_in, everything, no_sideways):
    scene = build_scene()
    page, faults = open_browser(bypass_csp=True), []
    sign_in(page, scene.ada)
    addresses = [reverse(name) for name in ADMIN]
    for noun in (Theme, Place, Organisation):
        at, pk = f"admin:cohorts_{noun._meta.model_name}", noun.objects.first().pk
        addresses += [
            reverse(f"{at}_change", args=[pk]),
            reverse(f"{at}_delete", args=[pk]),
        ]
    addresses.append(f"{reverse('admin:cohorts_theme_changelist')}?q=nothing-like-it")
    for address in addresses:
        answer = page.goto(address)
        assert answer.status == 200, (address, answer.status, page.url)
        for look in (everything, no_sideways):
            try:
                look(page)
            except AssertionError as fault:
                faults.append(str(fault))
    assert not faults, "\n".join(faults)
