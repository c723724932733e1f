import pytest

from core.signing import is_signed, sign


def test_a_signature_holds_for_its_text_alone():
    signature = sign("ticket:v1:7:K7M29QXD")

    assert len(signature) == 86
    assert is_signed("ticket:v1:7:K7M29QXD", signature)
    assert not is_signed("ticket:v1:8:K7M29QXD", signature)


@pytest.mark.parametrize("signature", ["", "A", "á", "!!!!", "A" * 86, "A" * 85, "A" * 88, "====", "a b"])
def test_a_made_up_signature_is_refused_quietly(signature):
    assert not is_signed("ticket:v1:7:K7M29QXD", signature)
