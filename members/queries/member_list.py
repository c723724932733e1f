"""Searching a long list of members by what people remember of somebody."""

import re

from django.db.models import Case, Q, QuerySet, Value, When

from core.legacy_text import is_syllable
from core.text import fold, tidy
from members.models import MemberMerge

FEWEST_DIGITS = 4
MOST_INITIALS = 6


def search_members(rows: QuerySet, text: str) -> QuerySet:
    """The members meant by the text, in the order of the rows; names spelled just so come first.

    "huong" finds Hường and Hương, "hường" puts Hường first, "Hường Nguyễn" needs no order, "nvh" are
    initials, digits are a telephone number or its end, "DV…" is a member's code.
    """
    rows = rows if rows.ordered else rows.order_by("sort_key", "pk")
    text = tidy(text)
    if not text:
        return rows
    digits = re.sub(r"[\s.\-+]", "", text)
    if digits.isdecimal():
        return rows.filter(_phone(digits))
    words = fold(text).split()
    named = Q()
    for word in words:
        named &= Q(search_name__contains=word)
    wanted = named | _code(text.upper()) if len(words) == 1 else named
    if len(words) == 1 and _may_be_initials(words[0]):
        wanted |= Q(search_name__regex="^" + " ".join(rf"{letter}[^ ]*" for letter in words[0]) + "$")
    rows = rows.filter(wanted)
    return rows if fold(text) == text.lower() else _spelled_first(rows, text)


def _phone(digits: str) -> Q:
    """A whole number however its country is written, otherwise the last digits of one."""
    if len(digits) < FEWEST_DIGITS:
        return Q(pk__in=[])
    if len(digits) >= 9:
        local = digits.removeprefix("84" if len(digits) > 10 else "0")
        return Q(phone=f"+84{local}") | Q(phone_other=f"+84{local}")
    return Q(phone__endswith=digits)


def _code(text: str) -> Q:
    """A member's code or its beginning, also of a record that was merged into theirs."""
    return Q(code__startswith=text) | Q(pk__in=MemberMerge.objects.in_force().of_code(text))


def _may_be_initials(word: str) -> bool:
    return 2 <= len(word) <= MOST_INITIALS and word.isalpha() and word.isascii() and not is_syllable(word)


def _spelled_first(rows: QuerySet, text: str) -> QuerySet:
    spelled = Q()
    for word in text.lower().split():
        spelled &= Q(full_name__contains=word.capitalize()) | Q(full_name__contains=word)
    rank = Case(When(spelled, then=Value(0)), default=Value(1))
    return rows.annotate(rank=rank).order_by("rank", *rows.query.order_by)
