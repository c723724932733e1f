"""Text that a spreadsheet program could take for a formula, and how it is kept from doing so."""

OPENINGS = ("=", "+", "-", "@", "\t", "\r", "\n")


def looks_like_formula(text: str) -> bool:
    """Whether a program that opens the file could work the text out instead of showing it."""
    return text.startswith(OPENINGS)


def escaped(text: str) -> str:
    """The text for a format that has no way to say that it is text: an apostrophe stands before it."""
    return f"'{text}" if looks_like_formula(text) else text
