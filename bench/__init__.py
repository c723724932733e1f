"""What the portal costs, measured against what it cannot be cheaper than, in one run."""
