"""What is asked of people who sign up, sign in or add a passkey. Settings name each form where it stands.

Nothing is gathered here: allauth reads `signing_up` while its own forms are still being loaded.
"""
