"""What a reader takes away from a figure: a picture, a slide, a table, a citation, a link; each ready to use, with its sources."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

import streamlit as st

from indicators import exhibits
from indicators.exhibits import Exhibit
from indicators.export import citation, formats, picture
from indicators.export.errors import ExportError
from indicators.figures import registry
from indicators.figures.figure import Figure
from indicators.language import _, mark
from ui import addresses, copying, files, my_deck, state
from ui.filters import View
from ui.theme import style

KIND_TEXTS = {
    "picture": mark("Picture"),
    "slide": mark("Slide"),
    "table": mark("Table"),
    "citation": mark("Citation"),
    "link": mark("Link"),
}
SIZE_TEXTS = {"wide": mark("Wide 16:9"), "square": mark("Square"), "portrait": mark("Portrait"), "a4": mark("A4 page")}
LOOK_TEXTS = {"light": mark("Light"), "dark": mark("Dark")}
_ICON = ":material/download:"
_FOLLOW_HEIGHT = (
    '<script>addEventListener("message", ({data, source}) => { if (data?.type === "car-t-access-atlas:height") '
    'for (const frame of document.querySelectorAll("iframe")) if (frame.contentWindow === source) frame.style.height = `${data.height}px`; });</script>'
)


def body(figure: Figure, current: View, reference: str) -> None:
    """Draw the choice of kinds, and what can be had of the chosen one."""
    kind = st.segmented_control(
        _("What to take away"),
        list(KIND_TEXTS),
        default="picture",
        key="take-away-kind",
        format_func=lambda code: _(KIND_TEXTS[code]),
        required=True,
        label_visibility="collapsed",
    )
    made = exhibits.exhibit(current.whole, reference, style().name, addresses.published(figure.page))
    {"picture": _picture, "slide": _slide, "table": _table, "citation": _citation}.get(kind, _link)(made, current)


def _choice(label: str, options: dict[str, str], key: str, default: str) -> str:
    return str(st.segmented_control(label, list(options), default=default, key=key, format_func=lambda code: _(options[code]), required=True))


def _picture(made: Exhibit, current: View) -> None:
    choices, preview = st.columns([2, 3], gap="medium")
    with choices:
        size = _choice(_("Shape"), SIZE_TEXTS, "take-away-size", "wide")
        form = str(st.segmented_control(_("Format"), list(picture.FORMATS), default="png", key="take-away-format", format_func=str.upper, required=True))
        scale = 2
        if form == "png":
            scale = int(
                st.segmented_control(
                    _("Pixels"), list(picture.SCALES), default=2, key="take-away-scale", format_func=lambda times: _pixels(size, times), required=True
                )
            )
        look = _choice(_("Colours"), LOOK_TEXTS, "take-away-look", style().name)
        button = st.empty()
        label = _("Download {format}").format(format=form.upper())
        button.button(label, icon=_ICON, key="take-away-waiting", disabled=True)  # until the new picture is there, the old one can't be had
    if look != made.style.name:
        made = exhibits.exhibit(current.whole, made.reference, look, made.site)
    with preview:
        try:
            with st.spinner(_("Making the picture …"), show_time=False):
                shown = picture.render(made, "png", size, 2 if form == "png" and scale == 2 else 1)
                content = shown if form == "png" and scale == 2 else picture.render(made, form, size, scale)
        except ExportError as error:
            st.warning(str(error))
            _in_this_browser(made, size, form, scale)
            return
        st.image(shown, width="stretch")
    with button:
        _download(made, form, label, content, size=size, is_main=True)
    with choices:
        st.html(f"<p class='how-to-read'>{escape(_('Title, legend, sources, day and licence are in the picture.'))}</p>")


def _pixels(size: str, times: int) -> str:
    frame = picture.SIZES[size]
    return f"{frame.width * times:.0f} × {frame.height * times:.0f}"


def _in_this_browser(made: Exhibit, size: str, form: str, scale: int) -> None:
    """Draw the very picture here, with Plotly's own button to save it: the reader's browser needs no Chromium on the server."""
    kind = "png" if form == "pdf" else form
    st.html(f"<p class='how-to-read'>{escape(_('This browser can make it instead: press the camera above the picture.'))}</p>")
    frame = picture.SIZES[size]
    button = {"format": kind, "filename": made.file_name, "width": frame.width, "height": frame.height, "scale": scale}
    config = {
        "topojsonURL": "app/static/geo/",
        "displayModeBar": True,
        "displaylogo": False,
        "modeBarButtons": [["toImage"]],
        "toImageButtonOptions": button,
        "responsive": False,
    }
    with st.container(key="browser-picture"):
        st.plotly_chart(picture.laid_out(made, size), theme=None, config=config, key="take-away-browser-picture", width="content", alt=made.chart.alt)


def _download(made: Exhibit, form: str, label: str, content: bytes | None = None, size: str = "wide", is_main: bool = False, note: str = "") -> None:
    st.download_button(
        label,
        data=content if content is not None else files.later(lambda: formats.export(made, form)),
        file_name=formats.file_name(made, form, size),
        mime=formats.FORMATS[form].mime,
        icon=_ICON,
        key=f"take-away-{form}",
        on_click="ignore",
        type="primary" if is_main else "secondary",
    )
    if note:
        st.html(f"<p class='how-to-read'>{escape(note)}</p>")


def _slide(made: Exhibit, _current: View) -> None:
    one, many = st.columns(2, gap="large")
    with one:
        _download(made, "pptx", _("Download PPTX"), is_main=True)
        st.html(
            f"<p class='how-to-read'>{escape(_('One slide: the finding as title, a chart that can be edited in PowerPoint where it has the kind (else a picture), the source line, and notes with the method and full citations.'))}</p>"
        )
    with many:
        st.button(_("Add to my deck"), icon=":material/playlist_add:", key="take-away-add", on_click=my_deck.add, args=(made.reference,))
        st.html(
            f"<p class='how-to-read'>{escape(_('A deck is an ordered list of figures, with notes. Show it on a stage, or take it away as PPTX or PDF, on the page “Present”.'))}</p>"
        )


def _table(made: Exhibit, _current: View) -> None:
    notes = {
        "csv": _("What the figure shows, a row each, with its sources. For any program."),
        "xlsx": _("Sheets: what the figure shows, every fact behind it, all sources, and the method. Numbers are numbers."),
        "json": _("All of that in one object, for programs."),
        "parquet": _("What the figure shows, typed, for R, Python and databases."),
    }
    labels = {"csv": _("Download CSV"), "xlsx": _("Download Excel"), "json": _("Download JSON"), "parquet": _("Download Parquet")}
    for columns, row in ((st.columns(2, gap="large"), ("csv", "xlsx")), (st.columns(2, gap="large"), ("json", "parquet"))):
        for column, form in zip(columns, row, strict=True):
            with column:
                _download(made, form, labels[form], is_main=form in ("csv", "xlsx"), note=notes[form])


def _citation(made: Exhibit, current: View) -> None:
    if not made.site:  # whoever cites from this machine alone still needs the way back
        made = exhibits.exhibit(current.whole, made.reference, made.style.name, addresses.here(made.figure.page))
    _text(_("This figure"), citation.apa_figure(made))
    with st.container(horizontal=True):
        _download(made, "bib", _("BibTeX"))
        _download(made, "ris", _("RIS"))
        _download(made, "txt", _("Plain text"))
    st.html(f"<p class='how-to-read'>{escape(_('The files have the figure, the dataset and every source behind it.'))}</p>")
    _text(_("The dataset"), citation.apa_dataset(made.dataset.version, made.site))
    with st.expander(_("Each source")):
        st.code("\n\n".join(_sources(made)), language=None, wrap_lines=True)


def _sources(made: Exhibit) -> Sequence[str]:
    return [citation.apa_source(made.dataset, source_id) for source_id in made.source_ids]


def _link(made: Exhibit, current: View) -> None:
    page = made.figure.page
    root = addresses.published(page) or addresses.here(page)
    whole = state.parameters() | {"as_of": [current.day.isoformat()]}
    whole.pop("open", None)
    _to_copy(
        _("Link to this view"), root + exhibits.page_path(made.figure.page, whole), _("Copy link"), _("The page as it is now, on the same day, for everybody.")
    )
    if not addresses.has_routes():
        st.html(f"<p class='how-to-read'>{escape(_('Embeds and the stage need the server that “make run” starts.'))}</p>")
        return
    figure_id, _question, query = made.reference.partition("?")
    query = urlencode(registry.parse(f"?{query}")[1] | {"as_of": [current.day.isoformat()]}, doseq=True)
    source = f"{root}/embed/{figure_id}?{query}"
    code = embed_code(source, made.chart.title, _height(made))
    _to_copy(_("Embed the figure alone in a web page"), code, _("Copy code"), _("With its title, sources and licence; as wide as the place that it stands in."))
    slide = f"{figure_id}?{query}"
    stage = f"{root}/present?{urlencode({'slide': slide})}"
    _to_copy(_("Show it full screen"), stage, _("Copy address"), _("One figure on a stage, in large type."))


def embed_code(source: str, title: str, height: int) -> str:
    """Return what somebody pastes into a web page: a frame that takes the height that the figure tells, ``height`` where scripts are not allowed."""
    frame = f'<iframe src="{escape(source, quote=True)}" title="{escape(title, quote=True)}" width="100%" height="{height}" style="border:0" loading="lazy"></iframe>'
    return frame + "\n" + _FOLLOW_HEIGHT


def _height(made: Exhibit) -> int:
    """Return about how many pixels an embedded figure needs in a column of text: its own height, its words and its footer."""
    return int(made.chart.figure.layout.height or 420) + 320


def _to_copy(label: str, text: str, button: str, note: str) -> None:
    _text(label, text)
    with st.container(horizontal=True, vertical_alignment="center"):
        copying.button(text, button)
        st.html(f"<p class='how-to-read'>{escape(note)}</p>")


def _text(label: str, text: str) -> None:
    with st.container(gap=None):
        st.html(f"<p class='control-label'>{escape(label)}</p>")
        st.code(text, language=None, wrap_lines=True)
