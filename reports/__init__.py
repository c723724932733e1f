"""Dashboards and the figures on them: reads everything, and nothing depends on it."""
