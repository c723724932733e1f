"""Everything that can happen to an account beside signing in, which is allauth's."""

from accounts.actions.erasing import erase_account
from accounts.actions.sealing import seal_second_factors
from accounts.actions.signing_out import sign_out_everywhere

__all__ = ["erase_account", "seal_second_factors", "sign_out_everywhere"]
