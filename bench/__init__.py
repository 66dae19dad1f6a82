"""Benchmarks of the dashboard. ``python -m bench`` runs them all and writes bench/RESULTS.md; none is a test."""
