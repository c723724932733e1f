"""Searching a long list of members by what people remember of somebody.

Each kind of text asks one question that one index answers: over an "or" between columns, or along the
order of the list, PostgreSQL reads most of 400,000 rows. SQLite reads them all.
"""

import re

from django.contrib.postgres.search import SearchQuery
from django.db import connections
from django.db.models import Case, Q, QuerySet, Value, When
from django.db.models.functions import Right

from core.text import fold, tidy
from members.models import MemberMerge
from members.models.member import NameWords
from units.scope import Scope

FEWEST_DIGITS = 4
MOST_INITIALS = 6
CODE = re.compile(r"dv[0-9a-z]+")
ONSET = r"(?:b|ch?|d|gh?|gi|h|kh?|l|m|n|ngh?|nh|ph?|qu|r|s|th?|tr|v|x)"
SYLLABLE = re.compile(rf"{ONSET}?[aeiouy]+(?:ch?|m|ng?|nh|p|t)?")
BEGUN = re.compile(ONSET)
# Words of so many names, whatever the given name, that reading along the list finds a page at once.
COMMON = ("nguyen", "tran", "le", "pham", "hoang", "phan", "vu", "dang", "bui", "do", "duong", "thi", "van")


def search_members(rows: QuerySet, text: str, *, phones_in: Scope | None = None) -> QuerySet:
    """The members meant by the text, in the order of the rows; names spelled just so come first.

    "huong" finds Hường and Hương, "hường" puts Hường first, "Hường Nguyễn" needs no order, "nguyen v a" are
    beginnings of words, "nvh" initials, digits a telephone number or its end, "DV…" a member's code.
    Numbers are searched in `phones_in` only, where that is given: who sees none finds nobody by one.
    """
    rows = rows if rows.ordered else rows.order_by("sort_key", "pk")
    text = tidy(text)
    if not text:
        return rows
    digits = re.sub(r"[\s.\-+]", "", text)
    if digits.isdecimal():
        return _by_phone(rows if phones_in is None else rows.filter(phones_in.as_q("unit__path")), digits)
    words = fold(text).split()
    if len(words) == 1 and CODE.fullmatch(words[0]):
        return rows.filter(_code(words[0].upper()))
    if len(words) == 1 and _are_initials(words[0]):
        return _spelled_first(rows.filter(initials=words[0]), text)
    found = rows.filter(_named(words))
    if not any(_tells_apart(word) for word in words):
        return found
    return _spelled_first(_by_words(found, words), text)


def _by_phone(rows: QuerySet, digits: str) -> QuerySet:
    """A whole number however its country is written, otherwise the last digits of one."""
    if len(digits) < FEWEST_DIGITS:
        return rows.none()
    if len(digits) >= 9:
        number = "+84" + digits.removeprefix("84" if len(digits) > 10 else "0")
        return rows.filter(Q(phone=number) | Q(phone_other=number, phone_other__gt=""))
    return rows.alias(end=Right("phone", 4)).filter(end=digits[-4:], phone__endswith=digits)


def _code(text: str) -> Q:
    """A member's code or its beginning, also of a record that was merged into theirs."""
    merged = MemberMerge.objects.in_force().of_code(text).values_list("kept", flat=True)
    return Q(code__startswith=text) | Q(pk__in=list(merged))


def _are_initials(letters: str) -> bool:
    """Whether the letters are no Vietnamese syllable nor how one begins: "nvh", but not "huong" nor "ngh"."""
    short = letters.isalpha() and letters.isascii() and 2 <= len(letters) <= MOST_INITIALS
    return short and not SYLLABLE.fullmatch(letters) and not BEGUN.fullmatch(letters)


def _named(words: list[str]) -> Q:
    """Names in which a word begins with each of these."""
    named = Q()
    for word in words:
        named &= Q(search_name__startswith=word) | Q(search_name__contains=f" {word}")
    return named


def _tells_apart(word: str) -> bool:
    """Whether few names have a word that begins so, and the index of words is the way to them."""
    return word.isalnum() and not any(common.startswith(word) for common in COMMON)


def _by_words(rows: QuerySet, words: list[str]) -> QuerySet:
    """The same rows, led to by the index of words where there is one."""
    if connections[rows.db].vendor != "postgresql":
        return rows
    wanted = " & ".join(f"{word}:*" for word in words if word.isalnum())
    query = SearchQuery(wanted, config="simple", search_type="raw")
    return rows.alias(words=NameWords("search_name")).filter(words=query)


def _spelled_first(rows: QuerySet, text: str) -> QuerySet:
    """Ranked, and so sorted after the few matches are found instead of read along the order."""
    spelled = Q()
    for word in text.lower().split():
        spelled &= Q(full_name__contains=word.capitalize()) | Q(full_name__contains=word)
    rank = Case(When(spelled, then=Value(0)), default=Value(1))
    return rows.annotate(rank=rank).order_by("rank", *rows.query.order_by)
