"""Members, roster import with provenance, claiming a record, a member's own data."""
