"""What all our forms share: clean text, and words that come back after sign-in."""

from __future__ import annotations

from typing import Any, TypeVar

from django import forms
from django.http import HttpRequest

from systemschangers.kernel.middleware.kept_words import take_kept_words

AnyForm = TypeVar("AnyForm", bound=forms.BaseForm)


def open_form(form_class: type[AnyForm], request: HttpRequest, **options: Any) -> AnyForm:
    """The form, bound on POST; else holding what was typed before the session ran out, if anything.

    `options` go to the form."""
    if request.method == "POST":
        return form_class(request.POST, request.FILES or None, **options)
    kept = take_kept_words(request)
    if kept is not None:
        form = form_class(**options)
        initial = options.pop("initial", None) or {}
        for name, field in form.fields.items():
            if name in kept:
                many = isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField)
                initial[name] = kept.getlist(name) if many else kept[name]
        return form_class(**options, initial=initial)
    return form_class(**options)
