"""Work on much data at once, without looking for garbage all the time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_AT_ONCE = 100_000
_USUAL = gc.get_threshold()


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Let Python look for circular garbage seldom meanwhile, and never among what there is already.

    Thousands of rows held at a time are no garbage, but looking through them again and again takes a tenth
    of the time and more. Of several threads at it the first that ends brings back the usual.
    """
    gc.freeze()
    gc.set_threshold(_AT_ONCE, *_USUAL[1:])
    try:
        yield
    finally:
        gc.set_threshold(*_USUAL)
        gc.unfreeze()
