"""Our own documents (change log, list of gaps) as HTML: the few marks that they use, everything else as plain text.

Streamlit's Markdown would also draw pictures from anywhere and take a pair of dollar signs for mathematics.
"""

from __future__ import annotations

import re
from html import escape

_INLINE = re.compile(r"`(?P<code>[^`]+)`|\*\*(?P<bold>.+?)\*\*|\[(?P<text>[^\]]+)\]\((?P<address>[^)\s]+)\)|<(?P<bare>https?://[^>\s]+)>")


def as_html(text: str, top: int = 2) -> str:
    """Return a Markdown text as HTML: headings (the highest as ``h<top>``), paragraphs, lists, bold, code, links to the web.

    The document's own title is left out: the page has one. Marks that are not known stay text.
    """
    parts: list[str] = []
    paragraph: list[str] = []
    items: list[str] = []

    def finish() -> None:
        if paragraph:
            parts.append(f"<p>{_inline(' '.join(paragraph))}</p>")
            paragraph.clear()
        if items:
            parts.append("<ul>" + "".join(f"<li>{_inline(item)}</li>" for item in items) + "</ul>")
            items.clear()

    for line in text.splitlines():
        heading = re.match(r"(#{1,6}) (.+)", line)
        item = re.match(r"\s*[-*] (.+)", line)
        if heading:
            finish()
            if len(heading[1]) > 1:
                level = min(6, top + len(heading[1]) - 2)
                parts.append(f"<h{level}>{_inline(heading[2])}</h{level}>")
        elif item:
            if paragraph:
                finish()
            items.append(item[1])
        elif not line.strip():
            finish()
        elif items:  # a long item goes on
            items[-1] += " " + line.strip()
        else:
            paragraph.append(line.strip())
    finish()
    return "".join(parts)


def _inline(text: str) -> str:
    parts, end = [], 0
    for mark in _INLINE.finditer(text):
        parts += [escape(text[end : mark.start()]), _marked(mark)]
        end = mark.end()
    return "".join([*parts, escape(text[end:])])


def _marked(mark: re.Match[str]) -> str:
    if mark["code"]:
        return f"<code>{escape(mark['code'])}</code>"
    if mark["bold"]:
        return f"<strong>{_inline(mark['bold'])}</strong>"
    address = mark["address"] or mark["bare"]
    text = escape(mark["text"] or address)
    if not address.startswith(("https://", "http://")):  # a file beside the document, which has no address here
        return text
    return f"<a href='{escape(address, quote=True)}' target='_blank' rel='noopener noreferrer'>{text}</a>"
