"""When a failed message is tried again, when not, and why it failed in words staff understand."""

from datetime import timedelta
from smtplib import (
    SMTPAuthenticationError,
    SMTPDataError,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)

MAX_TRIES = 8
FIRST_DELAY = timedelta(minutes=1)
LONGEST_DELAY = timedelta(hours=2)


def retry_delay(try_count: int) -> timedelta:
    """How long to rest after that many tries: one minute, doubled each time, at most two hours."""
    return min(FIRST_DELAY * 2 ** max(try_count - 1, 0), LONGEST_DELAY)


def is_final(error: Exception) -> bool:
    """Whether trying again cannot help: the address or the message itself was refused for good."""
    if isinstance(error, SMTPRecipientsRefused):
        return all(500 <= code < 600 for code, _ in error.recipients.values())
    if isinstance(error, SMTPDataError):
        return 500 <= error.smtp_code < 600
    return isinstance(error, ValueError)


def loggable(error: Exception) -> str:
    """The kind of failure and the server's codes: what a server wrote may hold addresses."""
    if isinstance(error, SMTPRecipientsRefused):
        codes = sorted({code for code, _ in error.recipients.values()})
    else:
        codes = [error.smtp_code] if isinstance(error, SMTPResponseException) else []
    return " ".join([type(error).__name__, *map(str, codes)])


def failure_reason(error: Exception) -> str:
    """One Vietnamese sentence about a failed sending, without what a foreign server wrote."""
    if isinstance(error, SMTPRecipientsRefused):
        codes = ", ".join(sorted({str(code) for code, _ in error.recipients.values()}))
        return f"Máy chủ thư không nhận địa chỉ người nhận (mã {codes})."
    if isinstance(error, SMTPAuthenticationError):
        return "Máy chủ thư không nhận tài khoản gửi thư của cổng thông tin."
    if isinstance(error, SMTPResponseException):
        return f"Máy chủ thư từ chối bức thư (mã {error.smtp_code})."
    if isinstance(error, (SMTPServerDisconnected, OSError)):
        return "Mất kết nối tới máy chủ thư."
    if isinstance(error, ValueError):
        return "Địa chỉ hoặc tiêu đề thư không hợp lệ."
    return "Không gửi được vì một lỗi chưa biết; quản trị xem nhật ký máy chủ."
