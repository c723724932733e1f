"""Reads over members and rosters, shaped for matching and for pages."""
