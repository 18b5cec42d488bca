"""The names of months, weekdays and seasons in English, as numbers and as parts of patterns.

The patterns are for either case where case is ignored; where it counts, months and weekdays have
their capital and seasons do not.
"""

from __future__ import annotations

import calendar

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
"""From 1, January."""
SHORT_MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_abbr) if name}
"""The same in three letters."""
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
"""From 0, Monday, as ``date.weekday`` counts."""
SEASONS = {name: number for number, name in enumerate(("spring", "summer", "autumn", "winter"), 21)}
"""As EDTF numbers them, where months stand."""
FIRST_MONTHS = {name: 3 * (number - 20) for name, number in SEASONS.items()}
"""The month in which a season begins, by the meteorologists: 3, 6, 9 and 12."""
_TOLD = ("1 one first 1st", "2 two second 2nd", "3 three third 3rd", "4 four fourth 4th last final")
QUARTERS = {name: number for number, names in enumerate(_TOLD, 1) for name in names.split()}
"""From 1, by figure and by word."""

MONTH = "|".join(name.title() for name in MONTHS)
SHORT_MONTH = "|".join(name.title() for name in SHORT_MONTHS)
WEEKDAY = "|".join(name.title() for name in WEEKDAYS)
SEASON = "|".join(SEASONS)
