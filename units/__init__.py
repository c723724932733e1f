"""The unit tree, its merge history, who holds which role where."""
