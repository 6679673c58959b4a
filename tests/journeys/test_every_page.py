"""Every page there is, looked at: no accessibility fault (axe-core, WCAG 2.2 AA) at 320 and 1280 px,
light and dark, and nothing to scroll sideways at 320 px. The pages are those of the permission rows."""

from __future__ import annotations

import pytest

from tests.factories.scene import build_scene
from tests.permissions import ADMIN, ROWS
from tests.permissions.asking import address_of, reader_of

pytestmark = pytest.mark.browser
AT_ONCE = 16
NOT_PAGES = {
    "account_signup",
    "cohorts:download",
    "cohorts:import_wrong_lines",
    "cohorts:invitation_list_wrong_lines",
    "home:live",
    "home:ready",
    "home:outbox_html",
    "mfa_activate_totp_qr",
    "mfa_download_recovery_codes",
    "mfa_login_webauthn",
    "wins:photo",
}
FILES = (
    "_csv",
    "_docx",
    "_ics",
    "_pdf",
    "_png",
    "_svg",
    "_xlsx",
)  # what an address of a file ends in


PAGES = sorted(
    name
    for name, row in ROWS.items()
    if name not in NOT_PAGES and not name.endswith(FILES) and reader_of(row)
)
LOTS = [PAGES[at : at + AT_ONCE] for at in range(0, len(PAGES), AT_ONCE)]


@pytest.mark.parametrize("lot", LOTS, ids=lambda lot: f"{lot[0]} to {lot[-1]}")
def test_no_page_shuts_anybody_out(lot, open_browser, sign_in, everything, no_sideways):
    scene = build_scene()
    browsers, faults = {}, []
    for name in lot:
        row = ROWS[name]
        who = reader_of(row)
        if who not in browsers:
            browsers[who] = open_browser(bypass_csp=True)
            if who != "nobody":
                sign_in(browsers[who], getattr(scene, who))
        page = browsers[who]
        answer = page.goto(address_of(name, row, scene) + row.query)
        assert answer.status == 200, (name, who, answer.status, page.url)
        for look in (everything, no_sideways):
            try:
                look(page)
            except AssertionError as fault:
                faults.append(f"{name}: {fault}")
    assert not faults, "\n".join(faults)


def test_there_are_pages_to_look_at():
    print(f"\n{len(PAGES)} pages × 2 widths × 2 schemes")
    assert len(PAGES) > 40
    assert ADMIN
