"""Photos as phones send them, and as nobody honest does."""

from __future__ import annotations

import base64
import struct
import zlib
from io import BytesIO
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageCms, ImageDraw

# 96 by 64, red top left, blue bottom right, lying on its side as phones keep it: to be turned to
# 64 by 96. With GPS and a maker's name.
HEIC = base64.b64decode(
    """
AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAaFtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAA
AAAAADRpbG9jAAAAAERAAAIAAQAAAAABxQABAAAAAAAAAOYAAgAAAAACqwABAAAAAAAAAKgAAAA4aWluZgAAAAAAAgAAABVp
bmZlAgAAAAABAABodmMxAAAAABVpbmZlAgAAAQACAABFeGlmAAAAAA5waXRtAAAAAAABAAAA4GlwcnAAAADAaXBjbwAAAHho
dmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQArQgEBA3AAAAMAkAAA
AwAAAwAeoDCBBZbqSSmubgIaDAgAAAMAyAAAAwAIQGIAAQAHRAHBcrAiQAAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAA
AAAAAABgAAAAQAAAABBwaXhpAAAAAAMICAgAAAAJaXJvdAMAAAAYaXBtYQAAAAAAAAABAAEFgQIDBIUAAAAaaXJlZgAAAAAA
AAAOY2RzYwACAAEAAQAAAZZtZGF0AAAA4igBrwng4Vk2oj//+9F9//7cx6H+tasDzJ5F/29MRX4g5H/qAgbLcR4OcwROZeU/
l4lQfOLzYE1dgGsAEFgBwgy1bDnCnMhDFk5xCQkAzhj3M0mhMAs71hhPSxQX8cNgAIxcCXSVdGUiIiFBG4TJyYoCUWsxspHL
sg6ws3r19wDlFPl/9+Y4I+2i2/+aGiYEdj/VbE/49uOP/2amI/6SCv+Tqd+vrnr+zvCurCNKOAKyZNCIp/Ge83w6Atoy9Exa
hdPRiOkf6OL+KNiuyivgoJzsDJw3qv6h/fzH8Ft1Xn7tOWAAAAAGRXhpZgAATU0AKgAAAAgAAwEPAAIAAAAGAAAAMgESAAMA
AAABAAYAAIglAAQAAAABAAAAOAAAAABGcnVpdAAABAABAAIAAAACTgAAAAACAAUAAAADAAAAbgADAAIAAAACVwAAAAAEAAUA
AAADAAAAhgAAAAAAAAA1AAAAAQAAABwAAAABAAAAHgAAAAEAAAACAAAAAQAAAA4AAAABAAAAAQAAAAE=
"""
)


def quarters(size: tuple[int, int] = (96, 64), mode: str = "RGB") -> Image.Image:
    """White, with red in the top left quarter and blue in the bottom right."""
    width, height = size
    image = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 0, width // 2 - 1, height // 2 - 1), fill="red")
    draw.rectangle((width // 2, height // 2, width, height), fill="blue")
    return image.convert(mode)


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def exif(orientation: int = 6) -> bytes:
    """Where and with what it was taken, and which way up."""
    tags = Image.Exif()
    tags[0x0112], tags[0x010F], tags[0x9286] = orientation, "Fruit Phone 9", b"Ana was here"
    place = tags.get_ifd(0x8825)
    place[1], place[2], place[3], place[4] = "N", (53.0, 28.0, 30.0), "W", (2.0, 14.0, 1.0)
    return tags.tobytes()


def phone_jpeg(size: tuple[int, int] = (96, 64)) -> bytes:
    """A photo taken upright: lying on its side in the file, with GPS, XMP, a profile and a comment."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return encoded(
        quarters(size),
        "JPEG",
        quality=92,
        exif=exif(),
        icc_profile=profile,
        comment=b"secret comment",
        xmp=b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>secret xmp</x:xmpmeta>",
    )


def huge_png(width: int = 10_000, height: int = 8_000) -> bytes:
    """A bomb: eighty million pixels in about ten kilobytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        check = zlib.crc32(kind + data)
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", check)

    packer = zlib.compressobj(9)
    row = b"\0" * (width // 8 + 1)
    pixels = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")
    )


def upload(data: bytes, name: str = "IMG_0001.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data, kind)
