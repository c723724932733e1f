"""A state in a list of the web admin is shown by its word: unfold shows the code of one without a colour."""

from django.contrib import admin
from django.db.models import Choices

from events.models import Event


def coloured_states():
    """Every list column of the web admin that colours states: its name and the states it knows."""
    for desk in admin.site._registry.values():
        for name in desk.list_display:
            colours = getattr(getattr(desk, str(name), None), "label", None)
            if isinstance(colours, dict):
                yield f"{type(desk).__name__}.{name}", {key for key in colours if isinstance(key, Choices)}


def test_every_state_has_a_colour():
    columns = dict(coloured_states())
    lacking = {
        (name, state)
        for name, known in columns.items()
        for kind in {type(state) for state in known}
        for state in set(kind) - known
    }

    assert columns["EventAdmin.stage"] >= {Event.Stage.OVER}
    assert lacking == set()
