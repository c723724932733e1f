from datetime import timedelta
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPServerDisconnected,
)

import pytest

from notifications import rules


def test_delay_doubles_up_to_two_hours():
    minutes = [rules.retry_delay(count) // timedelta(minutes=1) for count in range(1, 9)]

    assert minutes == [1, 2, 4, 8, 16, 32, 64, 120]


@pytest.mark.parametrize(
    ("error", "final", "reason"),
    [
        (
            SMTPRecipientsRefused({"a@b.vn": (550, b"no")}),
            True,
            "Máy chủ thư không nhận địa chỉ người nhận (mã 550).",
        ),
        (
            SMTPRecipientsRefused({"a@b.vn": (451, b"later")}),
            False,
            "Máy chủ thư không nhận địa chỉ người nhận (mã 451).",
        ),
        (
            SMTPAuthenticationError(535, b"bad"),
            False,
            "Máy chủ thư không nhận tài khoản gửi thư của cổng thông tin.",
        ),
        (SMTPDataError(554, b"spam"), True, "Máy chủ thư từ chối bức thư (mã 554)."),
        (SMTPDataError(452, b"full"), False, "Máy chủ thư từ chối bức thư (mã 452)."),
        (SMTPServerDisconnected("gone"), False, "Mất kết nối tới máy chủ thư."),
        (TimeoutError("slow"), False, "Mất kết nối tới máy chủ thư."),
        (ValueError("header"), True, "Địa chỉ hoặc tiêu đề thư không hợp lệ."),
        (
            RuntimeError("?"),
            False,
            "Không gửi được vì một lỗi chưa biết; quản trị xem nhật ký máy chủ.",
        ),
    ],
)
def test_failure_is_final_or_not_and_has_a_sentence(error, final, reason):
    assert (rules.is_final(error), rules.failure_reason(error)) == (final, reason)
