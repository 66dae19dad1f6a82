"""Every control's value lives in the address, survives a change of page and a reload, and is never trusted.

Streamlit's own ``bind="query-params"`` writes the texts that a reader sees, so an address would change with the
language, and it drops a broken value without a word. Here a control has a name and codes of its own.

One run of the app goes: :func:`begin` reads the address; each control is declared where its page needs it
(:func:`value` to read it, a widget of :mod:`ui.controls` to show it); :func:`finish` writes the address. A value that
the address asks for and that does not exist becomes the default, and a notice says so.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from indicators.language import _

_PAGES = Path(__file__).resolve().parent.parent / "pages"

_ADDRESS = "address"  # what the address said when the last run ended
_BEFORE = "address-before"  # what it said when the last run began
_WRITTEN_AT = "address-written-at"
_KEPT = "kept-values"  # values of controls, kept while their page is not on screen
_RUN = "run"  # of this run: whether the address is new, declared controls, notices

# A click can overtake the address that the run before has just written; it still carries the old one.
_STALE_SECONDS = 2.0


@dataclass(frozen=True)
class Control:
    """A named setting. ``allowed`` turns the address's texts into a value, or raises ValueError with the bad part.

    ``default`` is left out of the address. ``is_global`` controls are carried from page to page. ``many`` controls have
    tuples of texts for values, others one text.
    """

    name: str
    default: Any
    allowed: Callable[[str], str]
    many: bool = False
    is_global: bool = False

    @property
    def key(self) -> str:
        """The key of the control's widget."""
        return f"control-{self.name}"


def one_of(options: Sequence[str]) -> Callable[[str], str]:
    """Return a check that lets the given codes pass."""
    known = frozenset(options)

    def check(text: str) -> str:
        if text not in known:
            raise ValueError(text)
        return text

    return check


def begin() -> None:
    """Read the address at the beginning of a run."""
    incoming = {name: st.query_params.get_all(name) for name in st.query_params}
    state = st.session_state
    is_first = _ADDRESS not in state
    is_stale = not is_first and incoming == state.get(_BEFORE) and time.monotonic() - state.get(_WRITTEN_AT, 0.0) < _STALE_SECONDS
    is_new = is_first or (incoming != state[_ADDRESS] and not is_stale)
    state.setdefault(_KEPT, {})
    state[_BEFORE] = incoming
    state[_RUN] = {"incoming": incoming, "is_new": is_new, "controls": {}, "notices": []}


def value(control: Control) -> Any:
    """Return a control's value in this run, declaring it: a tuple for a control of many, else one text."""
    if _RUN not in st.session_state:
        # Until app.py has called st.navigation once, Streamlit takes pages/ for an app of its own and runs a page
        # without the frame around it: on a server just started, that is the first visit to an address below the root.
        # Calling it here ends that for the whole server; the next run goes through app.py, to the page asked for.
        addresses = sorted(path.stem for path in _PAGES.glob("*.py"))
        blank = [st.Page(lambda: None, title=address, url_path=address, default=address == "overview") for address in addresses]
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
    return kept[control.name]


def _for_widget(control: Control, chosen: Any) -> Any:
    return list(chosen) if control.many else chosen


def _from_widget(control: Control, shown: Any) -> Any:
    if control.many:
        return tuple(shown or ())
    return control.default if shown is None else shown


def _from_address(control: Control, texts: list[str], notices: list[str]) -> Any:
    chosen, bad = [], []
    for text in texts:
        try:
            chosen.append(control.allowed(text))
        except ValueError:
            bad.append(text)
    if bad:
        shown = ", ".join(f"“{text[:40]}”" for text in bad[:5])
        notices.append(_("The address asks for {values} as “{name}”, which is not known here; it was left out.").format(values=shown, name=control.name))
    if control.many:
        return tuple(dict.fromkeys(chosen))
    return chosen[-1] if chosen else control.default


def notices() -> list[str]:
    """Return what the address asked for and could not have, in words for the reader."""
    return list(st.session_state[_RUN]["notices"])


def global_parameters() -> dict[str, list[str]]:
    """Return what a link to another page must carry: the values of the global controls that are not the default."""
    return _parameters(only_global=True)


def _parameters(only_global: bool) -> dict[str, list[str]]:
    kept = st.session_state[_KEPT]
    parameters = {}
    for name, control in st.session_state[_RUN]["controls"].items():
        chosen = kept[name]
        if chosen != control.default and (control.is_global or not only_global):
            parameters[name] = list(chosen) if control.many else [chosen]
    return parameters


def finish() -> None:
    """Write the values of this run's controls into the address, if it does not say them already."""
    state = st.session_state
    wanted = _parameters(only_global=False)
    if wanted != state[_RUN]["incoming"]:
        st.query_params.from_dict(wanted)
        state[_WRITTEN_AT] = time.monotonic()
    state[_ADDRESS] = wanted
