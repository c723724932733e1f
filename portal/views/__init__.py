"""Pages that belong to the whole portal: home, health, errors."""
