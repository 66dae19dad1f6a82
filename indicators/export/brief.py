"""The country brief: two printed pages on any country, set by Typst from the same numbers as the country's page."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, date, datetime
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from indicators import groups, language
from indicators.dataset import Dataset
from indicators.export.country_brief.content import content
from indicators.language import _
from indicators.scene import FIRST_DAY

if TYPE_CHECKING:
    import typst

FONTS = Path(__file__).resolve().parent / "fonts"
TEMPLATES = Path(__file__).resolve().parent / "country_brief"
# An archive's format and one that screen readers can rely on.
_STANDARDS: list[typst.PDFStandard] = ["a-2a", "ua-1"]
_KEPT_FOR = 10
_NO_GLYPH = "could not be displayed"


def brief(dataset: Dataset, iso3: str, day: date | None = None, site: str = "") -> bytes:
    """Return the brief on a country as a PDF of two A4 pages, in the current language.

    ``dataset`` is that of all time, ``day`` the day as of which the brief speaks (today), ``site`` the address at which
    the atlas is published, for links to the country's page. Raises ValueError for what is no country's code or name (with
    those that come near) and for a day before the first approval anywhere or still to come. It may be called from several threads.
    """
    code = known_code(dataset, iso3)
    when = day or date.today()
    if not FIRST_DAY <= when <= date.today():
        raise ValueError(_("{day} is no day of the atlas: it knows from {first} until today").format(day=language.day(when), first=language.day(FIRST_DAY)))
    return typeset(json.dumps(content(dataset.as_of(when), code, site.rstrip("/")), ensure_ascii=False))


def known_code(dataset: Dataset, text: str) -> str:
    """Return the ISO 3166-1 alpha-3 code of a country that is meant by its code or name; raises ValueError with those that come near."""
    asked = text.strip().casefold()
    countries = dataset["countries"]["iso3"].tolist()
    names = {language.country_name(iso3).casefold(): iso3 for iso3 in countries}
    with suppress(ValueError):
        names[asked] = groups.place_code(dataset, asked)
    if names.get(asked) in countries:
        return names[asked]
    # A code with one letter wrong most often begins right; a name is written nearly right.
    near = [iso3 for iso3 in countries if len(asked) == 3 and iso3[:2].casefold() == asked[:2]]
    near += [names[name] for name in get_close_matches(asked, [name for name in names if len(asked) > 3], n=3, cutoff=0.6)]
    told = ", ".join(f"{iso3} ({language.country_name(iso3)})" for iso3 in near[:4])
    hint = _("did you mean {names}?").format(names=told) if told else _("codes have three letters, such as BRA for Brazil")
    raise ValueError(_("no country “{code}”: {hint}").format(code=text[:60], hint=hint))


def typeset(data: str) -> bytes:
    """Return the PDF that the template makes of a brief's content, which is JSON: nothing in it can be taken for markup."""
    import typst

    def compiled(standards: list[typst.PDFStandard]) -> bytes:
        return typst.compile(
            TEMPLATES / "brief.typ",
            root=TEMPLATES,
            format="pdf",
            font_paths=_fonts(),
            sys_inputs={"data": data},
            pdf_standards=standards,
            timestamp=datetime.now(UTC).replace(microsecond=0),
        )

    try:
        return compiled(_STANDARDS)
    except typst.TypstError as error:
        if _NO_GLYPH not in error.message:
            raise
        return compiled([])  # a script without a font here: a page with a gap is better than none
    finally:
        # Typst keeps what it has laid out for its next ten documents, some 50 MB of each brief: empty ones are laid out in no time.
        for _number in range(_KEPT_FOR):
            typst.compile(b"", format="svg", font_paths=_fonts())


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Return the project's own fonts and those that come with Typst for letters that they lack; a brief looks the same everywhere."""
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[str(FONTS)])
