"""Formats Django lacks for a locale."""
