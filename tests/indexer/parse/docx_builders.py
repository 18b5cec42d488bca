"""Word files built from bare markup, for what the library that writes them cannot say."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import docx
from docx.oxml import parse_xml

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
NAMES = (
    f'xmlns:w="{W}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)


def level(depth: int, text: str, form: str = "decimal", start: int = 1, more: str = "") -> str:
    """Return one level of a kind of list; ``more`` is markup that stands before its text."""
    return (
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def kind(identity: int, *levels: str) -> str:
    """Return a kind of list, to which numbered lists refer."""
    return f'<w:abstractNum w:abstractNumId="{identity}">{"".join(levels)}</w:abstractNum>'


def number(identity: int, of: int, overrides: str = "") -> str:
    """Return a list of a kind, with what it sets itself."""
    return f'<w:num w:numId="{identity}"><w:abstractNumId w:val="{of}"/>{overrides}</w:num>'


def start_override(depth: int, start: int) -> str:
    """Return what makes a list begin anew at ``start``."""
    return f'<w:lvlOverride w:ilvl="{depth}"><w:startOverride w:val="{start}"/></w:lvlOverride>'


def paragraph(text: str, place: tuple[int, int] | None = None, style: str = "") -> str:
    """Return a paragraph; ``place`` is its list and its depth there."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if place:
        properties += (
            f'<w:numPr><w:ilvl w:val="{place[1]}"/><w:numId w:val="{place[0]}"/></w:numPr>'
        )
    said = f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""
    return f"<w:p><w:pPr>{properties}</w:pPr>{said}</w:p>"


def write(path: Path, body: Sequence[str], lists: Sequence[str] = (), styles: str = "") -> Path:
    """Write a document of this markup; ``lists`` are kinds first and then numbers."""
    document = docx.Document()
    holder = document.element.body
    for n, element in enumerate(parse_xml(f"<w:body {NAMES}>{''.join(body)}</w:body>")):
        holder.insert(n, element)
    root = document.part.numbering_part.element
    for child in list(root):
        root.remove(child)
    for child in parse_xml(f"<w:numbering {NAMES}>{''.join(lists)}</w:numbering>"):
        root.append(child)
    if styles:
        for child in parse_xml(f"<w:styles {NAMES}>{styles}</w:styles>"):
            document.styles.element.append(child)
    document.save(str(path))
    return path
