"""Small texts of our own in the manners that real minutes are written and copied in."""

from __future__ import annotations

WEB_MINUTES = """A B C D E F G H I J K L M N O P Q R S T U V W X Y Z

Council and councillors

Agenda item

HEALTH AND CARE PLAN: UPDATE

To receive Report No. 7/2017 from the programme lead.

\u00a0

Minutes:

The Panel received a report from the programme lead, who said that the plan \
for the three areas had moved on since the spring.

\u00a0

During discussion the following points were noted:

\u00a0

·\u00a0\u00a0\u00a0\u00a0 Waiting times had fallen.

·\u00a0\u00a0\u00a0\u00a0 \u00a340 million had been secured for the new clinic.

\u00a0

AGREED:

            1)\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0 That the update be noted.

2)\u00a0\u00a0\u00a0\u00a0 That a further report be brought to the next meeting.

ACTION:-

The lead to circulate the figures.

Supporting documents:

Report 7, item 3. PDF 200 KB
"""

LETTERED = """The Board made the following comments:-
a) Place based planning could be a topic for the summit.
h) The plan was late.
i) The letter i follows h and is no Roman number.
j) The cost was high.
RESOLVED:-
that the report be noted.
"""

WRAPPED = """MINUTES OF THE BOARD

The board heard that the plan for community nursing had moved on since
the spring and that the cost of agency staff was now the largest single
pressure on the budget of the trust.

Members asked how waiting times would change over the winter, what was
done for carers and whether the long-term plan was still afford-
able. It was said to be affordable.

1. Nursing numbers had grown by a tenth since the year before and would
   grow again.
2. Parking at the clinic was short, and staff were asked to leave parts
(a) and (b) of the yard free.

Proposed by Councillor Hill
Seconded by Councillor Vale
"""

EXTRACTED = """[Original file](https://example.org/minutes.pdf)

---
**MINUTES OF MEETING OF THE HEALTH**

**COMMITTEE HELD ON MONDAY, 3RD MAY, 2017**

**PRESENT:**

Councillors Hill, Moor, Vale and

Wood.

**1.**

**Adoption of Minutes**

The Committee heard that the plan for community nursing had moved on since

the spring and that the cost of agency staff was now the largest single

pressure on the budget of the trust.

Proposed by Councillor Hill;

Seconded by Councillor Vale;

And Resolved:

“That the minutes be adopted”.

**2.**

**Clinic**

Members asked how waiting times would change over the winter and what was
---
2

being done for people in villages who had no bus to the new clinic in the

town.

• Buses ran every hour to the town, except on Sundays and on the days of the

fair.

REPLY:

A timetable would be sent.
---
3

There was no other business, and the Chairperson thanked the Members and the

officers for their work over the year.
"""

WRITTEN = """---
title: ignored front matter
---

# Health *and* Care Plan

Some **bold** text with a [link](https://example.org) and `code`,
wrapped in the source.

## Actions

- First point
- Second point
  1. Inner one
  2. Inner two

| Name | Role |
|------|------|
| A. Hill | Chair |
| B. Moor | |

> A quoted remark.
"""

WEB_PAGE = """<!DOCTYPE html>
<html lang="en"><head><meta charset="windows-1252"><title>Agenda item - Care plan</title>
<style>p {color: red}</style><script>var hidden = "never shown";</script></head><body>
<div><a href="#content">Skip to main content</a></div>
<header><h1>Exampleshire Council</h1></header>
<nav><ul><li><a href="/">Home</a></li><li><a href="/c">Council</a></li></ul></nav>
<div class="letters"><a href="a">Adult care</a> <a href="b">Benefits</a> <a href="c">Cemeteries</a>
</div>
<main id="content"><h1>Agenda item</h1><h2>CARE PLAN: UPDATE</h2>
<p>To receive Report No.&nbsp;7/2017 from the <b>programme</b> lead<br>for the three areas.</p>
<h3>Minutes:</h3>
<p class="MsoNormal">The cost was \x9640m\x97or \xa340m, it was
<i>said</i>.</p>
<p class="MsoListParagraph"><span>·<span>&nbsp;&nbsp;&nbsp;</span></span>Two years had passed.</p>
<ul><li>One<ul><li>Nested</li></ul></li><li>Two</li></ul>
<table><tr><th>Name</th><th>Role</th></tr><tr><td>A. Hill<br>MBE</td><td>Chair</td></tr></table>
<p>1.&nbsp;&nbsp;The Panel NOTED the update.</p>
<p>Supporting documents:</p><ul><li><a href="r.pdf">Report 7, item 3. PDF 200 KB</a></li></ul>
</main><footer><p>Contact us</p></footer></body></html>
"""
