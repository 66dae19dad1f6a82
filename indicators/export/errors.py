"""What can go wrong when a picture is made; each message is a sentence for a reader that says what is missing and what to do."""

from __future__ import annotations


class ExportError(Exception):
    """An export could not be made; the message, in the reader's language, says why and what to do."""


class NoBrowser(ExportError):
    """There is no Chromium to draw pictures with, or it does not start."""


class Busy(ExportError):
    """Too many pictures are waiting already."""


class TooSlow(ExportError):
    """A picture took longer than it may."""
