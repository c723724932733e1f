"""The shape of what members and staff type."""
