"""Phones, addresses and citizen numbers that could exist and belong to nobody."""

from random import Random

from core.text import fold
from members.models import Member
from members.rules.facts import citizen_id_hash
from portal.demo.personas import DOMAIN

PREFIXES = [
    "32", "33", "34", "35", "36", "37", "38", "39", "52", "55", "56", "58", "59", "70", "76", "77", "78",
    "79", "81", "82", "83", "84", "85", "86", "87", "88", "89", "90", "91", "93", "94", "96", "97", "98",
    "99",
]  # fmt: skip
BIRTH_PROVINCES = ["019", "019", "019", "006", "006", "024", "020", "001"]


class Contacts:
    """Draws contacts, none of them twice."""

    def __init__(self, rng: Random):
        self.rng = rng
        self.phones: set[str] = set()
        self.emails: set[str] = set()
        self.citizen_ids: set[str] = set()

    def phone(self) -> str:
        """A mobile number in the form in which it is stored."""
        while True:
            number = f"+84{self.rng.choice(PREFIXES)}{self.rng.randrange(10_000_000):07d}"
            if number not in self.phones:
                self.phones.add(number)
                return number

    def email(self, full_name: str, year: int) -> str:
        """An address made of the name: "huong.ly04@example.vn"."""
        family, *_, given = fold(full_name).split()
        stem, number = f"{given}.{family}{year % 100:02d}", 1
        address = f"{stem}@{DOMAIN}"
        while address in self.emails:
            number += 1
            address = f"{stem}.{number}@{DOMAIN}"
        self.emails.add(address)
        return address

    def put_citizen_id(self, member: Member, year: int) -> None:
        """Give the member a citizen number that agrees with that birth year and the sex."""
        century = 2 * (year // 100 - 19) + (member.sex == Member.Sex.FEMALE)
        while True:
            head = f"{self.rng.choice(BIRTH_PROVINCES)}{century}{year % 100:02d}"
            number = f"{head}{self.rng.randrange(1_000_000):06d}"
            if number not in self.citizen_ids:
                break
        self.citizen_ids.add(number)
        member.citizen_id_hash, member.citizen_id_last4 = citizen_id_hash(number), number[-4:]
