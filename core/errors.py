"""The root of every refusal."""


class DomainError(Exception):
    """Something cannot happen; the text is a Vietnamese sentence fit for the user."""
