from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

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


class KeepsPhoto(forms.Form):
    """A form with `photo`, `photo_alt` and a hidden `kept_photo`: the photo that was sent stays with the
    form while something else is mended. For one `person`, set before it is bound."""

    photo = PhotoField(
        label="Photo",
        required=False,
        help_text="We turn it upright, make it small, and take out where and when it was taken."
        " No faces, screens or papers that show who somebody else is.",
    )
    photo_alt = forms.CharField(
        label="What does the photo show?",
        max_length=200,
        required=False,
        help_text="For people who can’t see it.",
    )
    kept_photo = forms.CharField(required=False, widget=forms.HiddenInput)

    person: Any = None
    photo_so_far: photos.KeptPhoto | None = None

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        photo = data.get("photo") or photos.kept(data.get("kept_photo", ""), self.person)
        if photo:
            self.photo_so_far = photo
            self.say_instead("kept_photo", photo.token(self.person))
        return data

    def say_instead(self, name: str, value: str) -> None:
        """What a hidden field is to hold when the form is shown once more."""
        data = QueryDict(mutable=True)
        data.update(self.data)
        data[self.add_prefix(name)] = value
        self.data = data
