"""Pages of clubs and squads, and the forms filled in on a phone."""
