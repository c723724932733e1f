"""The demonstration: a province filled with believable people, programs, squads and events.

Only `manage.py demo` uses it, on an empty portal. Everything is drawn from one seed, so the same
number of members, seed and day give the same province.
"""
