"""Events, trainings, sessions, quotas, registration, check-in, attendance, certificates."""
