"""Foundation with no knowledge of the Youth Union: errors, audit, text, files, access marks."""
