"""The outbox: messages waiting, sent, failed; and the mailbox of the embedded mode."""
