"""What a word is, and which English words say nothing by themselves."""

from __future__ import annotations

import re

WORD = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*")
"""Letters and digits, with what an apostrophe joins to them."""

STOP_WORDS = frozenset(
    """a about above after again against all also am an and any are as at be because been before
    being below between both but by can could did do does doing down during each few for from
    further get had has have having he her here hers him his how i if in into is it its itself
    just many me more most much my no nor not now of off on once only or other our out over own
    please same she should so some such tell than that the their them then there these they this
    those through to too under until up upon us very was we were what when where which while who
    whom whose why will with would you your any anyone anything say said says according regarding
    concerning ever""".split()
)
