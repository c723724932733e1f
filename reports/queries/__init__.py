"""Reads for the dashboard, the workspace and the home page, counted from the records of every app."""

from reports.queries.counters import COUNTERS, count, records_of
from reports.queries.coverage import Coverage, Dot, commune_coverage
from reports.queries.dashboard import Dashboard, dashboard_of
from reports.queries.declared import declared, figures_of
from reports.queries.drawings import BarChart, GrowthChart, UnitMap, growth_chart, month_charts, unit_map
from reports.queries.months import Growth, Month, events_of, growth_of, months_of
from reports.queries.outlines import Outlines, commune_outlines
from reports.queries.over_time import NOW, THEN, TimeLine, TimeTable, as_now, as_then, ranked_in
from reports.queries.periods import Period, chosen_period, periods_of
from reports.queries.public import PublicLine, PublicLines, home_lines, program_lines
from reports.queries.sources import EVENTS, FIGURES, SOURCES, Source, SourceRow, Span, source_of
from reports.queries.targets import TargetLine, home_figures, lines_of, source_url, target_lines
from reports.queries.units import UnitLine, UnitTable, unit_table
from reports.queries.workspace import DueFigures, Task, due_figures, tasks_for

__all__ = [
    "BarChart",
    "GrowthChart",
    "UnitMap",
    "growth_chart",
    "month_charts",
    "unit_map",
    "COUNTERS",
    "Coverage",
    "Dashboard",
    "Dot",
    "DueFigures",
    "EVENTS",
    "FIGURES",
    "Growth",
    "Month",
    "NOW",
    "Outlines",
    "Period",
    "PublicLine",
    "PublicLines",
    "SOURCES",
    "Source",
    "SourceRow",
    "Span",
    "TargetLine",
    "THEN",
    "Task",
    "TimeLine",
    "TimeTable",
    "UnitLine",
    "UnitTable",
    "as_now",
    "as_then",
    "chosen_period",
    "commune_coverage",
    "commune_outlines",
    "count",
    "dashboard_of",
    "declared",
    "due_figures",
    "events_of",
    "figures_of",
    "growth_of",
    "home_figures",
    "home_lines",
    "lines_of",
    "months_of",
    "periods_of",
    "program_lines",
    "ranked_in",
    "records_of",
    "source_of",
    "source_url",
    "target_lines",
    "tasks_for",
    "unit_table",
]
