"""The template of the slides: 16:9, a master with four layouts, the typeface and the colours of the atlas as a theme.

It is built on python-pptx's own empty presentation, whose layouts are replaced: title, figure, figure as a picture, text.
Arial sets everything: it is on every Windows and macOS, Google Slides has it, and LibreOffice replaces it on Linux by a
typeface of the same widths, so that what fits here fits there. The atlas's own typeface would be replaced by an unknown one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.sax.saxutils import escape

from pptx import Presentation
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.oxml import parse_xml
from pptx.presentation import Presentation as Slides
from pptx.util import Emu, Inches

from indicators.charts.template import Style
from indicators.export.native import TYPEFACE
from indicators.language import _

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
MARGIN = Inches(0.6)
INNER = WIDTH - 2 * MARGIN
TITLE, FIGURE, PICTURE, TEXT = range(4)  # the layouts
SUBTITLE_PLACE, FIGURE_PLACE, SOURCE_PLACE, META_PLACE = 13, 14, 15, 16  # the placeholders, beside the title's 0
TITLE_SIZE, SUBTITLE_SIZE, SOURCE_SIZE = 26, 14, 11  # points

_NAMES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)


@dataclass(frozen=True, slots=True)
class Box:
    """A place on a slide, in EMU."""

    left: int
    top: int
    width: int
    height: int


TITLE_BOX = Box(MARGIN, Inches(0.38), INNER, Inches(0.92))
SUBTITLE_BOX = Box(MARGIN, Inches(1.32), INNER, Inches(0.5))
FIGURE_BOX = Box(MARGIN, Inches(1.9), INNER, Inches(4.75))
SOURCE_BOX = Box(MARGIN, Inches(6.74), INNER - Inches(0.7), Inches(0.56))
NUMBER_BOX = Box(WIDTH - MARGIN - Inches(0.6), Inches(7.02), Inches(0.6), Inches(0.28))


@dataclass(frozen=True, slots=True)
class _Holder:
    """A placeholder of a layout or of the master."""

    name: str
    kind: str
    index: int
    box: Box
    prompt: str
    size: float = SUBTITLE_SIZE
    colour: str = "tx1"
    anchor: str = "t"
    bold: bool = False
    align: str = "l"
    apart: int = 0  # points between paragraphs


def template(style: Style) -> Slides:
    """Return an empty presentation with the atlas's layouts in the colours of a style."""
    slides = Presentation()
    package = slides.part.package
    for key, relation in list(package._rels.items()):
        if relation.reltype == RELATIONSHIP_TYPE.THUMBNAIL:  # a picture of another presentation
            package.drop_rel(key)
    slides.slide_width, slides.slide_height = Emu(WIDTH), Emu(HEIGHT)
    master = slides.slide_master
    for layout in list(slides.slide_layouts)[4:]:
        slides.slide_layouts.remove(layout)
    _set_theme(master.part.part_related_by(RELATIONSHIP_TYPE.THEME), style)
    number = _Holder(_("Slide number"), "sldNum", 12, NUMBER_BOX, "‹#›", SOURCE_SIZE, "tx2", "b", align="r")
    title = _Holder(_("Title"), "title", 0, TITLE_BOX, _("The finding, as one sentence"), TITLE_SIZE, "tx1", "b", True)
    _replace_shapes(master, [title, _Holder(_("Text"), "body", 1, FIGURE_BOX, _("Text")), number])
    _set_master_texts(master)
    subtitle = _Holder(_("Measure and unit"), "body", SUBTITLE_PLACE, SUBTITLE_BOX, _("Measure and unit"), SUBTITLE_SIZE, "tx2")
    source = _Holder(_("Source line"), "body", SOURCE_PLACE, SOURCE_BOX, _("Sources, data version, licence, address"), SOURCE_SIZE, "tx2", "b")
    holders: tuple[tuple[str, list[_Holder]], ...] = (
        (
            _("Title"),
            [
                _Holder(_("Title"), "ctrTitle", 0, Box(MARGIN, Inches(2.1), Inches(11), Inches(1.6)), _("Title"), 44, "tx1", "b", True),
                _Holder(_("Subtitle"), "subTitle", SUBTITLE_PLACE, Box(MARGIN, Inches(3.85), Inches(11), Inches(0.8)), _("Subtitle"), 20, "tx2"),
                _Holder(
                    _("About the data"), "body", META_PLACE, Box(MARGIN, Inches(6.2), INNER, Inches(0.9)), _("Data version, licence, address"), 14, "tx2", "b"
                ),
            ],
        ),
        (_("Figure"), [title, subtitle, _Holder(_("Chart"), "chart", FIGURE_PLACE, FIGURE_BOX, _("Chart")), source, number]),
        (_("Figure as a picture"), [title, subtitle, _Holder(_("Picture"), "pic", FIGURE_PLACE, FIGURE_BOX, _("Picture")), source, number]),
        (_("Text"), [title, subtitle, _Holder(_("Text"), "body", FIGURE_PLACE, FIGURE_BOX, _("Text"), 16, apart=12), number]),
    )
    for layout, (name, own) in zip(slides.slide_layouts, holders, strict=True):
        layout.name = name
        layout._element.attrib.pop("type", None)
        layout._element.set("userDrawn", "1")
        _replace_shapes(layout, own)
    return slides


def _replace_shapes(owner: object, holders: list[_Holder]) -> None:
    tree = owner.shapes._spTree  # type: ignore[attr-defined]
    for shape in list(tree)[2:]:
        tree.remove(shape)
    for number, holder in enumerate(holders, start=2):
        tree.append(parse_xml(_shape(number, holder)))
    rule = Box(MARGIN, Inches(0.3), Inches(0.6), Emu(38100))
    if any(holder.kind == "title" and holder.index == 0 for holder in holders) and owner.__class__.__name__ == "SlideMaster":
        tree.append(parse_xml(_rule(len(holders) + 2, rule)))


def _shape(number: int, holder: _Holder) -> str:
    kind = f'type="{holder.kind}"' + (f' idx="{holder.index}"' if holder.index else "") + (' sz="quarter"' if holder.kind in ("body", "sldNum") else "")
    text = (
        f'<a:fld id="{{B6F15528-21DE-4FAA-801E-634DDDAF4B2B}}" type="slidenum"><a:rPr lang="en-US"/><a:t>{holder.prompt}</a:t></a:fld>'
        if holder.kind == "sldNum"
        else f'<a:r><a:rPr lang="en-US"/><a:t>{escape(holder.prompt)}</a:t></a:r>'
    )
    level = (
        f'<a:lvl1pPr marL="0" indent="0" algn="{holder.align}"><a:spcBef><a:spcPts val="{100 * holder.apart}"/></a:spcBef><a:buNone/>'
        f'<a:defRPr sz="{round(holder.size * 100)}" b="{int(holder.bold)}"><a:solidFill><a:schemeClr val="{holder.colour}"/></a:solidFill></a:defRPr></a:lvl1pPr>'
    )
    return (
        f'<p:sp {_NAMES}><p:nvSpPr><p:cNvPr id="{number}" name="{escape(holder.name)}"/><p:cNvSpPr><a:spLocks noGrp="1"/></p:cNvSpPr><p:nvPr><p:ph {kind}/></p:nvPr></p:nvSpPr>'
        f'<p:spPr><a:xfrm><a:off x="{holder.box.left}" y="{holder.box.top}"/><a:ext cx="{holder.box.width}" cy="{holder.box.height}"/></a:xfrm>'
        f'<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></p:spPr><p:txBody><a:bodyPr lIns="0" tIns="0" rIns="0" bIns="0" anchor="{holder.anchor}"><a:normAutofit/></a:bodyPr>'
        f"<a:lstStyle>{level}</a:lstStyle><a:p>{text}</a:p></p:txBody></p:sp>"
    )


def _rule(number: int, box: Box) -> str:
    """Return a short line in the accent colour above each title."""
    return (
        f'<p:sp {_NAMES}><p:nvSpPr><p:cNvPr id="{number}" name="Accent"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr><p:spPr><a:xfrm><a:off x="{box.left}" y="{box.top}"/>'
        f'<a:ext cx="{box.width}" cy="{box.height}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr></p:sp>'
    )


def _set_master_texts(master: object) -> None:
    """Set titles to the left, texts without bullets: a slide says one thing in a sentence."""
    styles = master._element.find("{http://schemas.openxmlformats.org/presentationml/2006/main}txStyles")  # type: ignore[attr-defined]
    for tag, size, bold in (("titleStyle", TITLE_SIZE, 1), ("bodyStyle", 16, 0)):
        own = styles.find(f"{{http://schemas.openxmlformats.org/presentationml/2006/main}}{tag}")
        for child in list(own):
            own.remove(child)
        for level in range(1, 2 if tag == "titleStyle" else 6):
            face = "+mj-lt" if tag == "titleStyle" else "+mn-lt"
            own.append(
                parse_xml(
                    f'<a:lvl{level}pPr {_NAMES} marL="0" indent="0" algn="l"><a:lnSpc><a:spcPct val="{95000 if bold else 105000}"/></a:lnSpc><a:spcBef><a:spcPts val="{0 if bold else 400}"/></a:spcBef>'
                    f'<a:buNone/><a:defRPr sz="{size * 100}" b="{bold}" kern="1200"><a:solidFill><a:schemeClr val="tx1"/></a:solidFill><a:latin typeface="{face}"/></a:defRPr></a:lvl{level}pPr>'
                )
            )


def _set_theme(part: object, style: Style) -> None:
    """Write the typeface and the colours of a style into the theme, so that what is added later looks alike."""
    xml = part.blob.decode("utf-8")  # type: ignore[attr-defined]
    accents = [style.accent, *style.qualitative[1:]]
    colours = {
        "dk1": style.ink,
        "lt1": style.paper,
        "dk2": style.muted,
        "lt2": style.panel,
        **{f"accent{number}": code for number, code in enumerate(accents, start=1)},
        "hlink": style.accent,
        "folHlink": style.accent,
    }
    for name, code in colours.items():
        xml = re.sub(rf"<a:{name}>.*?</a:{name}>", f'<a:{name}><a:srgbClr val="{code.removeprefix("#").upper()}"/></a:{name}>', xml, flags=re.DOTALL)
    for kind in ("majorFont", "minorFont"):
        xml = re.sub(rf'(<a:{kind}>\s*<a:latin typeface=")[^"]*', rf"\g<1>{TYPEFACE}", xml)
    part._blob = xml.encode("utf-8")  # type: ignore[attr-defined]
