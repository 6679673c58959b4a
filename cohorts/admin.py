"""What administrators set up at /setting-up/. No wins, comments, letters, sessions or addresses of
sign-in: the site turns away whatever is not listed in `setting_up_site.SHOWN`."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.db import models
from django.http import Http404, HttpRequest
from django.utils import timezone

from systemschangers.kernel import activity
from systemschangers.kernel.widgets import DateInput

from . import events
from .models import Cohort, Organisation, Person, Place, Post, Service, Stage, Theme


class SetUpAdmin(admin.ModelAdmin):
    """Every administrator may do all of it; what they do goes into the record and not into Django's
    own log, which would keep names that nobody could erase."""

    formfield_overrides = {models.DateField: {"widget": DateInput}}
    change_form_template = "cohorts/setting_up/site_change.html"
    list_per_page = 50
    show_full_result_count = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return bool(getattr(request.user, "is_staff", False))

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.has_module_permission(request)

    has_add_permission = has_module_permission
    has_change_permission = has_view_permission
    has_delete_permission = has_view_permission

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        self._record("added", request, obj)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> None:  # type: ignore[override]
        self._record("changed", request, obj)

    def log_deletions(self, request: HttpRequest, queryset: Any) -> None:  # type: ignore[override]
        for obj in queryset:
            self._record("deleted", request, obj)

    def _record(self, what: str, request: HttpRequest, obj: models.Model) -> None:
        actor: Any = request.user
        activity.record(events.SETTING_UP[what], actor=actor, target=obj, at=timezone.now())

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What goes, by name; of what stands in the way, only that it does: it may be private."""
        _, counts, _, protected = super().get_deleted_objects(objs, request)
        in_the_way = ["People, posts or wins belong to it, so it has to stay."] if protected else []
        return [str(obj) for obj in objs], counts, set(), in_the_way

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> Any:
        """The record is not read here."""
        raise Http404("Nothing is kept in Django's own log.")


@admin.register(Organisation)
class OrganisationAdmin(SetUpAdmin):
    search_fields = ["name"]


@admin.register(Service)
class ServiceAdmin(SetUpAdmin):
    list_display = ["name", "organisation", "place"]
    list_select_related = ["organisation", "place"]
    search_fields = ["name", "organisation__name"]


@admin.register(Place)
class PlaceAdmin(SetUpAdmin):
    search_fields = ["name"]


@admin.register(Theme)
class ThemeAdmin(SetUpAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Person)
class PersonAdmin(SetUpAdmin):
    """Who is an administrator, and whose account is closed. Names are their owners'; an address is
    what its owner signs in with, so whoever could change it could sign in as them. People come by
    invitation and go by leaving."""

    list_display = ["name", "email", "is_staff", "is_active"]
    list_filter = ["is_staff", "is_active"]
    search_fields = ["name", "email"]
    fields = ["name", "email", "is_staff", "is_active"]
    readonly_fields = ["name", "email"]
    actions = None

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).filter(left_at=None)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """Nobody closes their own account here, or stops being an administrator by a slip."""
        own = obj is not None and obj.pk == request.user.pk
        return ["name", "email", "is_staff", "is_active"] if own else ["name", "email"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if "is_active" in form.changed_data and not obj.is_active:
            messages.info(request, f"{obj} is signed out everywhere and can’t sign in again.")


@admin.register(Post)
class PostAdmin(SetUpAdmin):
    list_display = ["person", "title", "service", "kind", "ended"]
    list_filter = ["kind"]
    list_select_related = ["person", "service__organisation"]
    search_fields = ["person__name", "title", "service__name"]
    raw_id_fields = ["person", "line_manager", "service"]


@admin.register(Cohort)
class CohortAdmin(SetUpAdmin):
    list_display = ["name", "place", "starts", "ends"]
    list_select_related = ["place"]
    search_fields = ["name"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            Stage.begin(obj)
