"""Results as a person reads them on a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from indexer.model import BuildInfo, Document
from search_api.compose.judge import with_citations
from search_api.results import Answer, AnswerStatus, Citation, Hit, Repeat, SearchResult, Version
from search_api.web.composed import Paragraph, label, paragraphs
from search_api.web.plain_dates import plain_date
from search_api.web.words import (
    ROLES,
    advice_said,
    also_in,
    confidence_said,
    corrections_said,
    outcome_said,
    part_of,
    place,
    read_as_said,
    roles_said,
    time_said,
)

_WIDTH = 96


def documents(found: Sequence[Document], info: BuildInfo) -> str:
    """List documents, each with its file, and the files that were skipped."""
    parts = [_document(document) for document in found]
    parts.append(f"{len(found)} of {info.documents} documents; {info.passages} passages.")
    if info.skipped:
        skipped = [f"  {s.file}: {s.reason}. {s.remedy}" for s in info.skipped]
        parts.append("\n".join(["Not read:", *skipped]))
    return "\n\n".join(parts)


def hits(result: SearchResult) -> str:
    """List the passages of a search, best first."""
    if not result.hits:
        return "No passage is left to search: loosen the filters."
    parts = [_wrapped(one, "") for one in corrections_said(result.corrections)]
    for hit in result.hits:
        head = f"{hit.rank}. {_source(hit.document)}, {place(hit.document, hit.passage.pages)}"
        parts.append(
            f"{_wrapped(head, '')}\n{_wrapped(_hit_head(hit), '   ')}\n"
            f"{_quoted(hit.passage.text, '   ')}"
        )
        parts[-1] += "".join(f"\n{_wrapped(_repeat(repeat), '   ')}" for repeat in hit.repeats)
    return "\n\n".join(parts)


def answer(result: Answer) -> str:
    """Show an answer: outcome, the record's words, the history, the quotations."""
    head = f"{outcome_said(result)}. {result.reason or advice_said(result)}"
    parts = [_wrapped(head, "")]
    if result.status is not AnswerStatus.NOT_FOUND:
        parts += [_wrapped(one, "") for one in corrections_said(result.result.corrections)]
    notes = (read_as_said(result.understood), time_said(result.understood))
    parts += [_wrapped(one, "") for one in notes if one]
    if result.status is AnswerStatus.NOT_FOUND:
        parts += ["The nearest passages, which are no answer:", hits(result.result)]
        return "\n\n".join(parts)
    parts.append(_read_out(result))
    if result.confidence:
        parts.append(_wrapped(confidence_said(result.confidence), ""))
    if result.composed:
        parts.append("\n".join([_wrapped(label(result), ""), *map(_paragraph, paragraphs(result))]))
    if len(result.timeline) > 1:
        parts.append("\n".join(["Over time, newest first:", *map(_version, result.timeline)]))
    parts.append("\n\n".join(["Quotations:", *map(_citation, result.citations)]))
    if result.elsewhere:
        head = "At other meetings, newest first; no part of the answer:"
        parts.append("\n\n".join([head, *map(_citation, result.elsewhere)]))
    return "\n\n".join(parts)


def _read_out(result: Answer) -> str:
    """Show the words of the answer; those of several meetings each with its date."""
    lines = (result.answer or "").split("\n")
    if result.status is not AnswerStatus.CHANGED or len(lines) < 2:
        return _quoted(result.answer or "", "  ")
    dates = [plain_date(version.date.edtf) for version in result.timeline]
    told = zip(dates, lines, strict=False)
    return "\n".join(f"  {date}\n{_quoted(line, '    ')}" for date, line in told)


def _paragraph(paragraph: Paragraph) -> str:
    words = " ".join(map(with_citations, paragraph.sentences))
    return _wrapped(f"{paragraph.whose}: {words}" if paragraph.whose else words, "  ")


def _document(document: Document) -> str:
    same = set(document.duplicates)
    lines = [
        document.title,
        f"  {_body(document)}; {document.kind}; {plain_date(document.date.edtf)} "
        f"({document.date.basis})",
        f"  {document.file}  id {document.id}, {document.pages} page(s)",
    ]
    if document.part:
        lines.append(f"  {part_of(document.part)}")
    lines += [f"  the same as {other}" for other in document.duplicates]
    lines += [f"  {also_in(place)}" for place in document.also_in if place.file not in same]
    lines += [f"  note: {warning}" for warning in document.warnings]
    return "\n".join(lines)


def _version(version: Version) -> str:
    mark = " (superseded)" if version.superseded else ""
    numbers = "".join(f"[{n}]" for n in version.citations or (version.citation,))
    head = f"{plain_date(version.date.edtf)}, {version.body or 'body not known'}{mark} {numbers}"
    role = ROLES[version.role]
    return f"  {head}\n{_quoted(version.statement, '    ')}\n    {role}"


def _citation(citation: Citation) -> str:
    document = citation.document
    lines = [_quoted(citation.quote, "    ")]
    if citation.lead_in:
        lines.insert(0, _wrapped(f"under: {citation.lead_in}", "    "))
    where = f"{ROLES[citation.role]}; {_source(document)}, {place(document, citation.pages)}"
    known = f"date: {document.date.edtf or 'not known'}, {document.date.basis}"
    tail = f"{document.file}, characters {citation.span.start} to {citation.span.end}"
    body = "\n".join([*lines, *(_wrapped(part, "    ") for part in (where, known, tail))])
    return f"[{citation.n}]" + body[3:]


def _hit_head(hit: Hit) -> str:
    section = " > ".join(hit.passage.section)
    return roles_said(hit.roles) + (f"; {section}" if section else "")


def _repeat(repeat: Repeat) -> str:
    where = place(repeat.document, repeat.passage.pages)
    return f"the same words: {_source(repeat.document)}, {where}"


def _source(document: Document) -> str:
    return f"{document.title} ({_body(document)}, {plain_date(document.date.edtf)})"


def _body(document: Document) -> str:
    names = [name for name in (document.body, document.committee) if name]
    return ", ".join(names) or "body not known"


def _quoted(words: str, indent: str) -> str:
    lines = f"“{words}”".split("\n")
    return "\n".join(_wrapped(line, indent) for line in lines if line.strip())


def _wrapped(words: str, indent: str) -> str:
    return textwrap.fill(
        words, _WIDTH, initial_indent=indent, subsequent_indent=indent, break_on_hyphens=False
    )
