"""A certificate as anyone may check it."""

from dataclasses import dataclass
from datetime import date

from core.codes import typed_code
from events.models import Certificate


@dataclass(frozen=True)
class CertificateCheck:
    """The five things the public page tells, and nothing else."""

    name: str
    title: str
    held_on: date
    number: str
    state: str
    word: str
    sentence: str


def find_certificate(code: str) -> Certificate | None:
    """The certificate with that check code, typed in any case, with or without its dashes."""
    found = Certificate.objects.filter(check_code=typed_code(code)[:40])
    return found.select_related("record__member", "signer").first()


def certificate_check(certificate: Certificate) -> CertificateCheck:
    """What the certificate said when it was issued, and whether it still holds."""
    content = certificate.content
    state, word, sentence = {
        Certificate.State.VALID: ("done", "Có hiệu lực", "Giấy chứng nhận này do cổng cấp và còn hiệu lực."),
        Certificate.State.SUPERSEDED: (
            "late",
            "Đã thay bằng bản khác",
            "Giấy này đã được thay bằng một bản mới, không dùng bản này nữa.",
        ),
        Certificate.State.REVOKED: ("error", "Đã thu hồi", "Giấy này đã bị thu hồi, không còn giá trị."),
    }[Certificate.State(certificate.state)]
    return CertificateCheck(
        name=content["name"],
        title=content["title"],
        held_on=date.fromisoformat(content["held_on"]),
        number=certificate.number,
        state=state,
        word=word,
        sentence=sentence,
    )
