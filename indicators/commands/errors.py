"""What ends a command: a message for the person who called it, and the exit status."""

from __future__ import annotations


class WrongCall(Exception):
    """The call can't be followed: an unknown name, a broken setting, a file that can't be written. Exit status 2."""


class NothingToDraw(WrongCall):
    """The figure is there, but the data and settings leave nothing of it to draw."""
