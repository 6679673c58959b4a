"""The forms of passkeys, apps and recovery codes, in our words."""

from __future__ import annotations

from allauth.account.internal.flows.login import record_authentication
from allauth.core import context
from allauth.mfa.base import forms as base
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms

from cohorts.forms.sign_in import CODE, InOurWords
from cohorts.models import Person

PASSKEY_NAME = "Words you will know it by, like “Work phone”."


class SecondStepForm(InOurWords, base.AuthenticateForm):
    words = {"code": "Your code"}
    hints = {"code": "6 digits from your app, or one of your recovery codes."}
    attributes = {"code": CODE}


class SecondStepAgainForm(InOurWords, base.ReauthenticateForm):
    words = {"code": "Your code"}
    hints = {"code": "6 digits from your app, or one of your recovery codes."}
    attributes = {"code": CODE}


class ShowsWhoItIs(forms.Form):
    """Whoever has just used a new passkey or app need not use it again to see the recovery codes."""

    user: Person

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        if self.is_bound and not self.errors:
            record_authentication(context.request, self.user, method="mfa", reauthenticated=True)


class AppForm(InOurWords, ShowsWhoItIs, totp.ActivateTOTPForm):
    words = {"code": "The code your app shows now"}
    hints = {"code": "6 digits"}
    attributes = {"code": CODE}


class NewPasskeyForm(InOurWords, ShowsWhoItIs, webauthn.AddWebAuthnForm):
    """Every passkey made here signs in by itself, so there is nothing to tick."""

    name = forms.CharField(required=False, max_length=60)
    passwordless = forms.BooleanField(initial=True, required=False, widget=forms.HiddenInput)
    words = {"name": "A name for this passkey"}
    hints = {"name": PASSKEY_NAME}


class RenamePasskeyForm(InOurWords, webauthn.EditWebAuthnForm):
    name = forms.CharField(max_length=60)
    words = {"name": "A name for this passkey"}
    hints = {"name": PASSKEY_NAME}
