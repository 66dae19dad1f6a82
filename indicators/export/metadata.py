"""What a picture's file says of itself: title, sources, licence, address and the text for those who can't see it."""

from __future__ import annotations

import io
import re
import struct
import zlib
from dataclasses import dataclass
from html import escape

from indicators.exhibits import Exhibit
from indicators.export.foot import ATLAS
from indicators.language import _, current
from indicators.licences import LICENCE

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_INCH = 96  # pixels at scale 1
_METRE = 39.3701  # inches


@dataclass(frozen=True, slots=True)
class About:
    """What stands in a picture's file beside the picture."""

    title: str
    subtitle: str
    alt: str
    sources: str
    address: str
    atlas: str
    language: str

    @classmethod
    def of(cls, exhibit: Exhibit) -> About:
        """Return what a picture of an exhibit says of itself."""
        chart = exhibit.chart
        return cls(chart.title, chart.subtitle, chart.alt, " · ".join(exhibit.footer[:-1]), exhibit.address, _(ATLAS), current())


def in_png(picture: bytes, about: About, scale: float) -> bytes:
    """Return a PNG with its texts (iTXt) and the size that it has in print, 96 pixels an inch at scale 1."""
    texts = {
        "Title": about.title,
        "Description": about.alt,
        "Source": f"{about.address} · {about.sources}",
        "Copyright": LICENCE,
        "Author": about.atlas,
    }
    per_metre = round(_INCH * scale * _METRE)
    chunks = [_chunk(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1))]
    chunks += [_chunk(b"iTXt", name.encode() + b"\0\0\0" + about.language.encode() + b"\0\0" + text.encode()) for name, text in texts.items()]
    after_header = len(_SIGNATURE) + 25
    return picture[:after_header] + b"".join(chunks) + picture[after_header:]


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def in_svg(picture: bytes, about: About) -> bytes:
    """Return an SVG with title, description and metadata, said to be a picture in a language."""
    said = (
        f'<title id="atlas-title">{escape(about.title)}</title><desc id="atlas-text">{escape(about.alt)}</desc>'
        f"<metadata>{escape(' · '.join([about.sources, LICENCE, about.address]))}</metadata>"
    )
    attributes = f' role="img" aria-labelledby="atlas-title atlas-text" xml:lang="{escape(about.language)}"'
    text = re.sub(r"(<svg[^>]*?)(/?)>", lambda found: f"{found[1]}{attributes}>{said}", picture.decode(), count=1)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + text.encode()


def in_pdf(picture: bytes, about: About) -> bytes:
    """Return a PDF with title, author, subject and keywords, which readers show as its name."""
    from pypdf import PdfWriter
    from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

    writer = PdfWriter(clone_from=io.BytesIO(picture))
    writer.add_metadata(
        {
            "/Title": about.title,
            "/Author": about.atlas,
            "/Subject": about.alt,
            "/Keywords": "; ".join([about.sources, LICENCE, about.address]),
            "/Creator": about.atlas,
        }
    )
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject(about.language)
    root[NameObject("/ViewerPreferences")] = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()
