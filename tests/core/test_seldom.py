"""Garbage is looked for seldom during large work, and as usual once it ends, whoever else is at it."""

import gc
from contextlib import ExitStack

from core.seldom import collecting_seldom


def test_the_usual_comes_back_whoever_ends_first():
    usual = gc.get_threshold()
    first, second = ExitStack(), ExitStack()
    first.enter_context(collecting_seldom())
    second.enter_context(collecting_seldom())
    assert gc.get_threshold()[0] > usual[0]

    first.close()
    second.close()

    assert gc.get_threshold() == usual
