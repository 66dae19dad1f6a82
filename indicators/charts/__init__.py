"""Figures: pure functions from observations and display options to a chart that a page, a file or a slide can hold."""
