"""Everything that can happen to an account beside signing in, which is allauth's."""

from accounts.actions.erasing import erase_account
from accounts.actions.signing_out import sign_out_everywhere

__all__ = ["erase_account", "sign_out_everywhere"]
