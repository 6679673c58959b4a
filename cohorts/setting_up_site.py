"""Django's admin, for setting up only: seven nouns, nothing private, every change in the record."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import secure_admin_login
from django.apps import apps
from django.contrib import admin
from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

SHOWN = (
    "cohorts.organisation",
    "cohorts.service",
    "cohorts.place",
    "cohorts.theme",
    "cohorts.person",
    "cohorts.post",
    "cohorts.cohort",
)


class SettingUpSite(admin.AdminSite):
    """Packages register their own tables (sessions, addresses, keys) with the default site, which
    this is: all but ours are turned away."""

    site_header = site_title = "Setting up"
    index_title = "What is here"
    enable_nav_sidebar = False
    index_template = "cohorts/setting_up/site_index.html"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        models = (
            model_or_iterable
            if isinstance(model_or_iterable, list | tuple)
            else [model_or_iterable]
        )
        ours = [model for model in models if model._meta.label_lower in SHOWN]
        if ours:
            super().register(ours, admin_class, **options)

    def unregister(self, model_or_iterable: Any) -> None:
        """Packages also take away what others registered; what was never let in is no error."""
        models = (
            model_or_iterable
            if isinstance(model_or_iterable, list | tuple)
            else [model_or_iterable]
        )
        for model in models:
            if self.is_registered(model):
                super().unregister(model)

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Signing in is the same for everybody, second step included."""
        return secure_admin_login(super().login)(request, extra_context)

    def logout(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Out of the whole place, and to its own sign-in page."""
        logout(request)
        return redirect("account_login")

    def has_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_active and getattr(request.user, "is_staff", False))

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> Any:
        raise Http404("Passwords are kept at /account/.")

    password_change_done = password_change


def shown_models() -> list[type]:
    return [apps.get_model(label) for label in SHOWN]
