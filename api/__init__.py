"""The atlas for other programs and other screens: figures as JSON, embedded, on a stage, as previews and files.

Starlette routes over the ``indicators`` library; they know neither the dashboard nor its pages.
"""

from __future__ import annotations

from starlette.routing import Route

from api import assets, deck_files, embed, figures, preview_pictures, stage
from api.clients import Handler


def routes(base: str = "", present: Handler | None = None) -> list[Route]:
    """Return all routes below a base path ("" or such as ``/atlas``).

    ``present`` answers ``/present`` where no deck is asked for; without it that is a list of the built-in decks.
    """
    base = base.rstrip("/")
    return [
        *assets.routes(base),
        figures.route(base),
        embed.route(base),
        Route(f"{base}/present", stage.stage(base, present), methods=["GET"]),
        Route(f"{base}/present/notes", stage.notes(base), methods=["GET"]),
        *deck_files.routes(base),
        preview_pictures.route(base),
    ]
