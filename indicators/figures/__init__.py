"""The catalog of figures: everything that a page draws, by a name that addresses, files and slides share."""
