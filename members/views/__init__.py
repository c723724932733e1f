"""Pages of members: claiming a record, consents, the sheet of codes a unit prints."""
