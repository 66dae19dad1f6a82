"""The sections of the page on the data: each draws itself, one at a time."""
