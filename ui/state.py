"""Every control's value lives in the address, survives a change of page and a reload, and is never trusted.

Streamlit's own ``bind="query-params"`` writes the texts that a reader sees, so an address would change with the
language, and it drops a broken value without a word. Here a control has a name and codes of its own.

One run of the app goes: :func:`begin` reads the address; each control is declared where its page needs it
(:func:`value` to read it, a widget of :mod:`ui.controls` to show it); :func:`finish` writes the address. A value that
the address asks for and that does not exist becomes the default, and a notice says so.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from indicators import settings
from indicators.language import _
from indicators.settings import Setting as Control
from indicators.settings import one_of, words
from ui.sitemap import MISSING, SITE

__all__ = ["Control", "begin", "complain", "declared", "finish", "follow", "global_parameters", "notices", "one_of", "parameters", "put", "value", "words"]

_ADDRESS = "address"  # what the address said when the last run ended
_PAGE = "address-page"  # the page of the last run
_SHOWN = "shown-controls"  # the controls that the last run declared
_KEPT = "kept-values"  # the values of controls
_RUN = "run"  # of this run: whether the address is new, declared controls, notices

# Parameters that mail programs, social networks and Streamlit itself add to an address.
_FOREIGN = ("utm_", "embed", "fbclid", "gclid")


def begin(page: str) -> None:
    """Read the address at the beginning of a run; ``page`` is the address of the page that is going to run.

    A click can overtake the address that the run before has just written, and then carries the old one. So where a
    widget has changed since the last run, the widgets are right; else an address that has changed is a wish of the
    reader: a link, a step back, a line typed by hand.
    """
    state = st.session_state
    incoming = {name: st.query_params.get_all(name) for name in st.query_params}
    kept = state.setdefault(_KEPT, {})
    clicked = any(
        control.key in state and name in kept and _from_widget(control, state[control.key]) != kept[name] for name, control in state.get(_SHOWN, {}).items()
    )
    is_new_page = state.get(_PAGE) != page
    is_new = is_new_page or (incoming != state.get(_ADDRESS) and not clicked)
    state[_ADDRESS], state[_PAGE], state[_SHOWN] = incoming, page, {}
    state[_RUN] = {"incoming": incoming, "is_new": is_new, "controls": state[_SHOWN], "notices": []}


def value(control: Control) -> Any:
    """Return a control's value in this run, declaring it: a tuple for a control of many, else one text."""
    if _RUN not in st.session_state:
        # Until app.py has called st.navigation once, Streamlit takes pages/ for an app of its own and runs a page
        # without the frame around it: on a server just started, that is the first visit to an address below the root.
        # Calling it here ends that for the whole server; the next run goes through app.py, to the page asked for.
        blank = [st.Page(lambda: None, title=page.title, url_path=page.address, default=not page.address) for page in SITE]
        st.navigation(blank, position="hidden")
        st.rerun()
    run = st.session_state[_RUN]
    kept = st.session_state[_KEPT]
    if control.name not in run["controls"]:
        run["controls"][control.name] = control
        if run["is_new"]:
            kept[control.name] = _from_address(control, run["incoming"].get(control.name, []), run["notices"])
            st.session_state[control.key] = _for_widget(control, kept[control.name])
        elif control.key in st.session_state:
            kept[control.name] = _from_widget(control, st.session_state[control.key])
        else:
            kept.setdefault(control.name, control.default)
            st.session_state[control.key] = _for_widget(control, kept[control.name])
        if not _is_allowed(control, kept[control.name]):  # the options have changed: another measure has other views
            kept[control.name] = control.default
            st.session_state[control.key] = _for_widget(control, control.default)
    return kept[control.name]


def _is_allowed(control: Control, chosen: Any) -> bool:
    try:
        for text in chosen if control.many else (chosen,):
            control.allowed(text)
    except ValueError:
        return False
    return True


def _for_widget(control: Control, chosen: Any) -> Any:
    return list(chosen) if control.many else chosen


def _from_widget(control: Control, shown: Any) -> Any:
    if control.many:
        return tuple(shown or ())
    return control.default if shown is None else shown


def _from_address(control: Control, texts: list[str], notices: list[str]) -> Any:
    chosen, bad = control.read(texts)
    if bad:
        notices.append(_not_known(control, ", ".join(f"“{text[:40]}”" for text in bad[:5])))
    return chosen


def notices() -> list[str]:
    """Return what the address asked for and could not have, in words for the reader; complete after the page has run."""
    run = st.session_state[_RUN]
    unknown = [name for name in run["incoming"] if name not in run["controls"] and not name.startswith(_FOREIGN)]
    texts = list(run["notices"])
    if MISSING in unknown and not st.session_state[_PAGE]:
        unknown.remove(MISSING)
        if run["is_new"]:
            texts.append(_("The atlas has no page “{name}”; this is its overview.").format(name=run["incoming"][MISSING][-1][:40]))
    if run["is_new"] and unknown:
        shown = ", ".join(f"“{name[:40]}”" for name in unknown[:5])
        texts.append(_("The address has settings that this page does not know: {names}.").format(names=shown))
    return texts


def put(control: Control, chosen: Any) -> None:
    """Set a control's value for the next run; for callbacks of widgets that are not the control's own."""
    st.session_state[control.key] = _for_widget(control, chosen)


def follow(control: Control, chosen: Any) -> None:
    """Set a control's value and the address at once; for parts of a page that run anew by themselves."""
    put(control, chosen)
    st.session_state[_KEPT][control.name] = chosen
    finish()


def complain(control: Control) -> None:
    """Say that the address asks for a value that does not exist here, and go back to the default."""
    kept = st.session_state[_KEPT]
    shown = ", ".join(f"“{text[:40]}”" for text in (kept[control.name] if control.many else [kept[control.name]]))
    st.session_state[_RUN]["notices"].append(_not_known(control, shown))
    kept[control.name] = control.default
    st.session_state[control.key] = _for_widget(control, control.default)


def _not_known(control: Control, shown: str) -> str:
    text = _("The address sets “{name}” to {values}, which is not known here; it was left out.").format(values=shown, name=control.name)
    return f"{text} {control.takes()}" if control.takes else text


def declared() -> dict[str, Control]:
    """Return the controls that this run has declared, by name."""
    return dict(st.session_state[_RUN]["controls"])


def global_parameters(**own: str) -> dict[str, list[str]]:
    """Return what a link to another page must carry: the values of the global controls that are not the default.

    ``own`` are the link's own settings. One to certain countries carries the day alone: a region chosen before could
    have none of them.
    """
    carried = _parameters(only_global=True)
    if own.keys() & {"country", "countries"}:
        carried = {name: texts for name, texts in carried.items() if name == "as_of"}
    return carried | {name: [text] for name, text in own.items()}


def parameters() -> dict[str, list[str]]:
    """Return what the address of this view says: the values of all declared controls that are not the default."""
    return _parameters(only_global=False)


def _parameters(only_global: bool) -> dict[str, list[str]]:
    kept = st.session_state[_KEPT]
    controls = st.session_state[_RUN]["controls"]
    return settings.parameters({control: kept[name] for name, control in controls.items() if control.is_global or not only_global})


def finish() -> None:
    """Write the values of this run's controls into the address, if it does not say them already."""
    wanted = _parameters(only_global=False)
    if wanted != {name: st.query_params.get_all(name) for name in st.query_params}:
        st.query_params.from_dict(wanted)
    st.session_state[_ADDRESS] = wanted
