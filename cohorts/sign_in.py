"""How sign-in behaves here: by invitation only, in plain words, its mail through our queue.

allauth does the work; what it lets us decide is decided in these adapters."""

from __future__ import annotations

import hashlib
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.account.stages import EmailVerificationStage
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html

from cohorts.models import Person
from cohorts.templatetags.devices import device
from systemschangers.kernel import letters
from systemschangers.kernel.middleware.kept_words import SESSION_KEY as KEPT_WORDS

UNKNOWN = "account/email/unknown_account"
OUR_STAGES = {
    "allauth.account.stages.EmailVerificationStage": "cohorts.sign_in.AddressStage",
    "allauth.mfa.stages.AuthenticateStage": "cohorts.sign_in.SecondStepStage",
}
WRONG_CODE = "That is not the code we sent. Check it, or ask for a new one."
# Microsoft's tenants that stand for "anybody": nobody in particular vouches for their addresses.
ANYBODY = {"common", "organizations", "consumers"}


def must_have_second_factor(person: Person) -> bool:
    """Administrators and programme staff see more than most, so a code by e-mail is not enough."""
    return person.is_staff or person.is_superuser or person.reach.is_programme_staff


def confirm_address(person: Person) -> None:
    """Note that the address `person` signs in with is theirs."""
    address, _ = EmailAddress.objects.get_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    if not address.verified:
        address.set_verified()


class AddressStage(EmailVerificationStage):
    """Whoever wrote in a code sent to their address has confirmed it: no second letter."""

    def handle(self) -> tuple[HttpResponse | None, bool]:
        person = self.login.user
        record = (get_authentication_records(self.request, person) or [{}])[-1]
        if record.get("method") == "code" and person and record.get("email") == person.email:
            confirm_address(person)
        elif record.get("method") != "socialaccount":  # their employer has vouched for them
            return super().handle()
        return None, True


class SecondStepStage(AuthenticateStage):
    """Asks for the second step after a code or a password.

    A passkey alone is only a quicker way in: adding one must not lock a worker out whose phone is
    lost. It becomes a second step for those who must have one, or together with an app."""

    def _should_handle(self, request: HttpRequest) -> bool:
        if not super()._should_handle(request):
            return False
        person = self.login.user
        if settings.SECOND_FACTOR_REQUIRED and must_have_second_factor(person):
            return True
        return Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()


class AccountAdapter(DefaultAccountAdapter):
    """People come by invitation; letters go through the queue."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "account_inactive": "This account has ended.",
        "cannot_remove_primary_email": "This is the address you sign in with, so it must stay.",
        "duplicate_email": "This is your e-mail address already.",
        "email_password_mismatch": "That e-mail address and password do not go together. "
        "Try again, or go back and ask for a code.",
        "email_taken": "Somebody here already has that e-mail address.",
        "enter_current_password": "That is not your password now. Try again.",
        "incorrect_code": WRONG_CODE,
        "incorrect_password": "That is not your password. Try again.",
        "invalid_or_expired_key": "This link has been used or is too old.",
        "invalid_login": "Write your e-mail address, like name@example.org.",
        "invalid_password_reset": "This link has been used or is too old. Ask for a new one.",
        "max_email_addresses": "You cannot add more than %d e-mail addresses.",
        "too_many_login_attempts": "That was too many tries. Wait a few minutes, then ask for a new code.",
        "unverified_primary_email": "Confirm your e-mail address first.",
        "same_as_current": "This is the same as it is now.",
        "rate_limited": "That was too many tries. Wait a few minutes, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: Any) -> None:
        """However short the session before it was, one that is signed in lasts its full time."""
        super().login(request, user)
        request.session.set_expiry(None)

    def get_login_stages(self) -> list[str]:
        return [OUR_STAGES.get(stage, stage) for stage in super().get_login_stages()]

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Where words wait that were sent after the session ran out, else Home."""
        kept = request.session.get(KEPT_WORDS)
        return kept["at"] if kept else super().get_login_redirect_url(request)

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("mfa_index")

    def get_email_verification_redirect_url(self, email_address: EmailAddress) -> str:
        return reverse("mfa_index" if self.request.user.is_authenticated else "account_login")

    def get_reauthentication_methods(self, user: Any) -> list[dict]:
        """The quickest first: a passkey, then what has to be typed."""
        words = {
            "mfa_reauthenticate:webauthn": "Use your passkey",
            "reauthenticate": "Use your password",
            "mfa_reauthenticate": "Use a code from your app, or a recovery code",
        }
        methods = {method["id"]: method for method in super().get_reauthentication_methods(user)}
        return [
            methods[id_] | {"description": said} for id_, said in words.items() if id_ in methods
        ]

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write the letter beside what it tells of; the queue sends it.

        An address nobody has here is written to once a day at most: the page can't be used to
        fill a stranger's inbox."""
        now = timezone.now()
        local = timezone.localtime(now)
        recipient = Person.objects.filter(email=email.lower()).first()
        context = {
            **context,
            "email": email,
            "site_address": settings.SITE_ADDRESS,
            "device": device(context.get("user_agent", "")),
            "done_at": f"on {local:%A} {local.day} {local:%B} at {local:%H:%M}",
            "action_url": context.get("password_reset_url", ""),
            "action_label": "Choose a new password",
        }
        subject = render_to_string(f"{template_prefix}_subject.txt", context).strip()
        context |= {
            "subject": subject,
            "body": render_to_string(f"{template_prefix}_message.txt", context).strip(),
        }
        dedupe_key = None
        if template_prefix == UNKNOWN:
            digest = hashlib.sha256(email.lower().encode()).hexdigest()[:32]
            dedupe_key = f"unknown-account:{digest}:{timezone.localdate()}"
        letters.write(
            to=email,
            kind=f"sign_in.{template_prefix.rsplit('/', 1)[1]}",
            subject=subject,
            text=render_to_string("account/email/letter.txt", context),
            html=render_to_string("account/email/letter.html", context),
            at=now,
            recipient=recipient,
            dedupe_key=dedupe_key,
        )


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """An employer's sign-in opens an account that is here; it makes none."""

    error_messages = DefaultSocialAccountAdapter.error_messages | {
        "email_taken": "You have an account here already. Sign in to it with a code first, "
        "then connect %s.",
        "connected_other": "That sign-in is connected to somebody else's account here.",
        "disconnect_last": "This is the only way in that you have left, so it must stay.",
    }

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def populate_user(self, request: HttpRequest, sociallogin: Any, data: dict) -> Person:
        """Nothing is taken from the employer's profile but the address to know the person by."""
        person = sociallogin.user
        person.email = (data.get("email") or "").lower()
        sociallogin.account.extra_data = {"email": person.email}
        return person

    def is_email_verified(self, provider: Any, email: str) -> bool:
        """Whether the provider can be trusted to know whose address this is.

        Google says so itself for each address. Microsoft does not: any directory may write any
        address into its own profiles, so only the one directory named in MICROSOFT_TENANT counts.
        Others can be connected once signed in."""
        if provider.id == "microsoft":
            return provider.app.settings.get("tenant", "organizations") not in ANYBODY
        return super().is_email_verified(provider, email)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Plain words for passkeys and apps."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "add_email_blocked": "Your account has a second step, so its address cannot change this way.",
        "cannot_delete_authenticator": "This cannot be taken away.",
        "cannot_generate_recovery_codes": "Add a passkey or an app first. "
        "Recovery codes are for when you do not have it with you.",
        "incorrect_code": "That code did not work. Wait for the next one in your app, then try again.",
        "unverified_email": "Confirm your e-mail address first.",
    }

    def generate_authenticator_name(self, user: Any, type: Any) -> str:
        count = Authenticator.objects.filter(user=user, type=type).count()
        return f"My passkey {count + 1}" if count else "My passkey"

    def build_totp_svg(self, url: str) -> str:
        """The QR picture as markup for the page itself: our policy lets in no pictures by address.

        Dark on white in both colour schemes, since that is what an app can read."""
        code = qrcode.QRCode(border=3)
        code.add_data(url)
        rows = code.get_matrix()
        dots = "".join(
            f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dot in enumerate(row) if dot
        )
        return format_html(
            '<svg class="qr" width="240" height="240" viewBox="0 0 {0} {0}" role="img" '
            'aria-label="A QR code for your app" shape-rendering="crispEdges">'
            '<path fill="#fff" d="M0 0h{0}v{0}h-{0}z"/><path fill="#000" d="{1}"/></svg>',
            len(rows),
            dots,
        )

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return super().get_public_key_credential_rp_entity() | {"name": "Systems Changers"}
