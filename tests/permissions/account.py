"""Signing in and what belongs to it (django-allauth). Everybody's own, so alike for all the cast."""

from __future__ import annotations

from .row import Row

ENTRY = ("302 nobody=200", "302 nobody=200")
NOTICE = ("200 nobody=200", "405 nobody=405")
OWN = ("200", "200")
NOTHING_SET_UP = ("404", "404")
OLD_ADDRESS = ("301", "301")
NOT_CONFIGURED = ("404 nobody=404", "404 nobody=404")
NOTHING_TO_SHOW_AGAIN = ("403", "403")

ROWS = {
    "account_login": Row(*ENTRY),
    "account_request_login_code": Row(*ENTRY),
    "account_signup": Row(*ENTRY),
    "account_confirm_login_code": Row("302 nobody=302", "302 nobody=302"),
    "account_logout": Row("200", "302"),
    "account_inactive": Row(*NOTICE),
    "account_reset_password": Row("200 nobody=200", "200 nobody=200"),
    "account_reset_password_done": Row(*NOTICE),
    "account_reset_password_from_key": Row(
        "200 nobody=200", "200 nobody=200", path="/account/password/reset/key/1-abc/"
    ),
    "account_reset_password_from_key_done": Row(*NOTICE),
    "account_set_password": Row(*OWN),
    "account_change_password": Row("302", "302"),
    "account_email": Row("200", "302"),
    "account_email_verification_sent": Row("302", "302"),
    "account_reauthenticate": Row(*NOTHING_TO_SHOW_AGAIN),
    "mfa_index": Row("200", "405 nobody=302"),
    "mfa_authenticate": Row("302", "302"),
    "mfa_reauthenticate": Row(*NOTHING_TO_SHOW_AGAIN),
    "mfa_activate_totp": Row(*OWN),
    "mfa_deactivate_totp": Row(*NOTHING_SET_UP),
    "mfa_view_recovery_codes": Row("404", "405 nobody=302"),
    "mfa_generate_recovery_codes": Row(*OWN),
    "mfa_download_recovery_codes": Row(*NOTHING_SET_UP),
    "mfa_list_webauthn": Row("200", "405 nobody=302"),
    "mfa_add_webauthn": Row(*OWN),
    "mfa_reauthenticate_webauthn": Row(*NOTHING_TO_SHOW_AGAIN),
    "mfa_remove_webauthn": Row(*NOTHING_SET_UP, path="/account/2fa/webauthn/keys/1/remove/"),
    "mfa_edit_webauthn": Row(*NOTHING_SET_UP, path="/account/2fa/webauthn/keys/1/edit/"),
    "mfa_login_webauthn": Row("302", "302"),
    "socialaccount_login_cancelled": Row(*NOTICE),
    "socialaccount_login_error": Row("401", "405 nobody=302"),
    "socialaccount_signup": Row("302", "302"),
    "socialaccount_connections": Row(*OWN),
    "social/login/cancelled/": Row(*OLD_ADDRESS, path="/account/social/login/cancelled/"),
    "social/login/error/": Row(*OLD_ADDRESS, path="/account/social/login/error/"),
    "social/signup/": Row(*OLD_ADDRESS, path="/account/social/signup/"),
    "social/connections/": Row(*OLD_ADDRESS, path="/account/social/connections/"),
    "google_login": Row(*NOT_CONFIGURED),
    "google_callback": Row(*NOT_CONFIGURED),
    "google_login_by_token": Row(*NOT_CONFIGURED),
    "microsoft_login": Row(*NOT_CONFIGURED),
    "microsoft_callback": Row(*NOT_CONFIGURED),
    "usersessions_list": Row("200", "302"),
}
