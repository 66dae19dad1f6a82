"""Link previews: what other programs show of an address of the atlas, a title, a sentence and a picture."""

from __future__ import annotations

from html import escape
from urllib.parse import quote

WIDTH, HEIGHT = 1200, 630  # pixels, which all who show previews accept
_LONGEST_ADDRESS = 1500  # of a picture: some programs cut longer ones off, and then show nothing
FALLBACK = "app/static/preview.png"


def tags(*, title: str, description: str, address: str, image: str, site_name: str = "CAR-T Access Atlas") -> str:
    """Return the elements of a document's head that tell other programs what to show; all texts are escaped."""
    properties = {
        "og:type": "website",
        "og:site_name": site_name,
        "og:title": title,
        "og:description": description,
        "og:url": address,
        "og:image": image,
        "og:image:width": str(WIDTH),
        "og:image:height": str(HEIGHT),
        "og:image:type": "image/png",
        "og:image:alt": title,
    }
    names = {
        "description": description,
        "twitter:card": "summary_large_image",
        "twitter:title": title,
        "twitter:description": description,
        "twitter:image": image,
    }
    return "\n".join(
        [f'<meta property="{name}" content="{escape(text)}">' for name, text in properties.items()]
        + [f'<meta name="{name}" content="{escape(text)}">' for name, text in names.items()]
    )


def image_of_reference(site: str, reference: str) -> str:
    """Return the address of the preview of a figure; that of the atlas itself where the figure's would be too long."""
    figure_id, mark, query = reference.partition("?")
    found = f"{site}/preview/{quote(figure_id, safe='')}.png{mark}{query}"
    return found if len(found) <= _LONGEST_ADDRESS else f"{site}/{FALLBACK}"


def image_of_page(site: str, page: str, query: str) -> str:
    """Return the address of the preview of a page (its address without slash, "" for the overview) with its settings."""
    return image_of_reference(site, f"{page or 'overview'}?{query}" if query else page or "overview")


def of_page(site: str, page: str, query: str, title: str, description: str) -> str:
    """Return the elements of a page's head for previews: of its first figure, with the settings of the address.

    ``site`` is where the atlas is published, ``page`` the page's address without slash, ``query`` what stands behind the
    question mark of the address that was asked for.
    """
    address = f"{site}/{page}" + (f"?{query}" if query else "")
    written = tags(title=title, description=description, address=address, image=image_of_page(site, page, query))
    return "\n".join(line for line in written.split("\n") if not line.startswith('<meta name="description"'))  # the document has it already
