"""Programs, targets (chỉ tiêu) and progress, clubs, volunteer squads and what they did."""
