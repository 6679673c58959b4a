"""A photo on its way in: told by its content, measured before it is decoded, made small and bare.

What comes out is a JPEG of ours, upright, at most LONGEST pixels a side, in sRGB, with nothing of the
original in it: no place, no time, no camera, no comment. The original is not kept."""

from __future__ import annotations

import secrets
import threading
import warnings
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from typing import IO, Any

from django.core import signing
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from PIL import Image, ImageCms, ImageOps

LONGEST = 1600
QUALITY = 82
MOST_BYTES = 15 * 1024 * 1024
# A baseline JPEG is decoded at a fraction of its size, so it may be large; the rest needs all of it.
MOST_PIXELS = {"JPEG": 120_000_000, "HEIF": 26_000_000, "PNG": 26_000_000, "WEBP": 26_000_000}
MOST_PIXELS_PROGRESSIVE = 26_000_000
LONGEST_SIDE_IN = 20_000
SALT = "wins.photo"
FOLDER = "wins"
KEPT_FOR = timedelta(days=2)

PROBLEMS = {
    "too_big": "This photo is bigger than 15 MB. Choose a smaller one, or send it to yourself by"
    " e-mail in a smaller size first.",
    "too_many_pixels": "This picture has more detail than we can take. Choose a smaller one.",
    "not_a_photo": "This file is not a photo we can read. Choose a JPEG, PNG, WebP or HEIC photo.",
    "broken": "This photo is damaged or cut short. Choose it again, or choose another one.",
    "empty": "This file is empty. Choose the photo again.",
}

Image.MAX_IMAGE_PIXELS = max(MOST_PIXELS.values())
warnings.simplefilter("error", Image.DecompressionBombWarning)
_one_at_a_time = threading.Lock()  # the memory of one decoding is all that a process ever needs


class BadPhoto(Exception):
    """`code` is one of PROBLEMS; the text says what to do."""

    def __init__(self, code: str) -> None:
        super().__init__(PROBLEMS[code])
        self.code = code


@dataclass(frozen=True, slots=True)
class CleanPhoto:
    jpeg: bytes
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class KeptPhoto:
    """A clean photo in the store, not yet on any win: what a form carries while it is mended."""

    name: str
    width: int
    height: int

    def token(self, person: Any) -> str:
        return signing.dumps([self.name, self.width, self.height, person.pk], salt=SALT)


def clean(file: IO[bytes], size: int) -> CleanPhoto:
    """The photo in `file`, ready to be kept. Raises BadPhoto in words, whatever was sent."""
    if size > MOST_BYTES:
        raise BadPhoto("too_big")
    if size == 0:
        raise BadPhoto("empty")
    file.seek(0)
    kind = _kind(file.read(32))
    file.seek(0)
    with _one_at_a_time:
        try:
            return _decoded(file, kind)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            raise BadPhoto("too_many_pixels") from None
        except BadPhoto:
            raise
        except Exception as problem:  # decoders raise whatever they like on hostile files
            raise BadPhoto("broken") from problem


def keep(photo: CleanPhoto) -> KeptPhoto:
    """Put it into the store under a name that nobody can guess. Swept after two days if unused."""
    name = f"{FOLDER}/{secrets.token_urlsafe(24)}.jpg"
    return KeptPhoto(default_storage.save(name, ContentFile(photo.jpeg)), photo.width, photo.height)


def kept(token: str, person: Any) -> KeptPhoto | None:
    """The photo this person's form carried; None when the token is not theirs, or it is gone."""
    try:
        name, width, height, owner = signing.loads(token, salt=SALT, max_age=KEPT_FOR)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    if owner != person.pk or not default_storage.exists(name):
        return None
    return KeptPhoto(name, width, height)


def copy_of(photo: KeptPhoto) -> KeptPhoto:
    """The same picture under a name of its own, so that two wins never share a file."""
    with default_storage.open(photo.name) as file:
        return keep(CleanPhoto(file.read(), photo.width, photo.height))


def sweep(used: set[str], *, at: datetime) -> int:
    """Delete photos that are on no win (`used`) and two days old. Returns how many went."""
    if not default_storage.exists(FOLDER):
        return 0
    gone = 0
    for leaf in default_storage.listdir(FOLDER)[1]:
        name = f"{FOLDER}/{leaf}"
        if name not in used and default_storage.get_modified_time(name) < at - KEPT_FOR:
            default_storage.delete(name)
            gone += 1
    return gone


def _kind(head: bytes) -> str:
    if head.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "WEBP"
    if head[4:8] == b"ftyp" and head[8:12] in {
        b"heic",
        b"heix",
        b"heim",
        b"heis",
        b"mif1",
        b"msf1",
    }:
        return "HEIF"
    raise BadPhoto("not_a_photo")


def _decoded(file: IO[bytes], kind: str) -> CleanPhoto:
    if kind == "HEIF":
        _open_heif_too()
    with Image.open(file, formats=[kind]) as image:
        most = MOST_PIXELS[kind]
        if image.info.get("progressive") or image.info.get("progression"):
            most = MOST_PIXELS_PROGRESSIVE
        if image.width * image.height > most or max(image.size) > LONGEST_SIDE_IN:
            raise BadPhoto("too_many_pixels")
        image.draft("RGB", (LONGEST, LONGEST))
        profile = image.info.get("icc_profile")
        image.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS, reducing_gap=2.0)
        upright = _in_srgb(_on_white(ImageOps.exif_transpose(image)), profile)
    bare = Image.new("RGB", upright.size)
    bare.paste(upright)
    out = BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return CleanPhoto(out.getvalue(), bare.width, bare.height)


def _open_heif_too() -> None:
    import pi_heif  # 12 MB of library, loaded only where somebody sends such a photo

    pi_heif.register_heif_opener(thumbnails=False)


def _on_white(image: Image.Image) -> Image.Image:
    """Without transparency, which a JPEG has none of, and in 8 bits a channel."""
    if image.mode.startswith("I") or image.mode == "F":
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        ground = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(ground, image).convert("RGB")
    return image if image.mode in {"RGB", "L", "CMYK"} else image.convert("RGB")


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    if profile:
        try:
            source = ImageCms.ImageCmsProfile(BytesIO(profile))
            target = ImageCms.createProfile("sRGB")
            turned = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            return image.convert("RGB")  # a profile we can't read, or not of this kind of picture
        if turned is not None:
            return turned
    return image.convert("RGB")
