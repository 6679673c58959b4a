from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from wins import photos


class PhotoField(forms.FileField):
    """A photo from a phone, made ready at once (see wins.photos). Gives a KeptPhoto, or None."""

    widget = forms.FileInput(attrs={"accept": "image/*"})

    def clean(self, data: Any, initial: Any = None) -> photos.KeptPhoto | None:
        if not data:
            return None
        try:
            return photos.keep(photos.clean(data, data.size))
        except photos.BadPhoto as bad:
            raise ValidationError(str(bad), code=bad.code) from bad
