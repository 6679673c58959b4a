"""allauth's forms in our words: labels that say what to write, no grey words inside the fields."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as theirs
from django import forms
from django.core.validators import EmailValidator

EMAIL = {"autocomplete": "email", "autocapitalize": "none", "spellcheck": "false"}
CODE = {
    "autocomplete": "one-time-code",
    "inputmode": "numeric",
    "autocapitalize": "none",
    "spellcheck": "false",
    "class": "figures",
}
YOUR_EMAIL = "Your e-mail address"
AN_ADDRESS = "Write an e-mail address, like name@example.org."
WHEN_EMPTY = {
    "login": {"required": AN_ADDRESS},
    "email": {"required": AN_ADDRESS},
    "code": {"required": "Write the code in."},
    "password": {"required": "Write your password."},
    "oldpassword": {"required": "Write the password you have now."},
    "password1": {"required": "Write a password."},
    "password2": {"required": "Write the password again."},
    "name": {"required": "Give it a name."},
    "credential": {"required": "Your device did not answer. Try again."},
}
validate_address = EmailValidator(message=AN_ADDRESS)
LONG_ENOUGH = "At least 10 characters. Three words you make up is a good way."


class InOurWords(forms.Form):
    """Gives each field the label, hint and attributes named in `words`, `hints` and `attributes`."""

    words: ClassVar[dict[str, str]] = {}
    hints: ClassVar[dict[str, str]] = {}
    attributes: ClassVar[dict[str, dict[str, str]]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.words.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            field.widget.attrs |= self.attributes.get(name, {})
            field.error_messages |= WHEN_EMPTY.get(name, {})
            if isinstance(field, forms.EmailField):
                field.error_messages["invalid"] = AN_ADDRESS
                field.validators = [validate_address, *field.validators[1:]]


class LoginForm(InOurWords, theirs.LoginForm):
    """One field, and a code is sent. `?with=password` in the address asks for a password instead."""

    words = {"login": YOUR_EMAIL, "password": "Your password"}
    attributes = {"login": EMAIL}

    def _setup_password_field(self) -> None:
        if self.request is None or self.request.GET.get("with") != "password":
            del self.fields["password"]


class RequestLoginCodeForm(InOurWords, theirs.RequestLoginCodeForm):
    words = {"email": YOUR_EMAIL}
    attributes = {"email": EMAIL}


class ConfirmLoginCodeForm(InOurWords, theirs.ConfirmLoginCodeForm):
    words = {"code": "Your code"}
    hints = {"code": "6 digits"}
    attributes = {"code": CODE}


class ConfirmEmailForm(InOurWords, theirs.ConfirmEmailVerificationCodeForm):
    words = {"code": "Your code"}
    hints = {"code": "6 digits"}
    attributes = {"code": CODE}


class NewEmailForm(InOurWords, theirs.AddEmailForm):
    words = {"email": "Your new e-mail address"}
    attributes = {"email": EMAIL}


class SetPasswordForm(InOurWords, theirs.SetPasswordForm):
    words = {"password1": "A password", "password2": "The same password again"}
    hints = {"password1": LONG_ENOUGH}


class ChangePasswordForm(InOurWords, theirs.ChangePasswordForm):
    words = {
        "oldpassword": "Your password now",
        "password1": "Your new password",
        "password2": "The new password again",
    }
    hints = {"password1": LONG_ENOUGH}


class ForgottenPasswordForm(InOurWords, theirs.ResetPasswordForm):
    words = {"email": YOUR_EMAIL}
    attributes = {"email": EMAIL}


class ResetPasswordForm(InOurWords, theirs.ResetPasswordKeyForm):
    words = {"password1": "Your new password", "password2": "The new password again"}
    hints = {"password1": LONG_ENOUGH}


class PasswordAgainForm(InOurWords, theirs.ReauthenticateForm):
    words = {"password": "Your password"}
