"""Pages that show numbers: the dashboard, the records behind it, the workspace, the programs."""
