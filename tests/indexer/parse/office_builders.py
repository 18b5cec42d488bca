"""Office files that the parser tests read: written here, from texts of our own."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pptx
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE
from pptx.util import Cm

_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_BOX = f"""<w:r {_W} xmlns:v="urn:schemas-microsoft-com:vml"
 xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:AlternateContent>
<mc:Choice Requires="wps"><w:drawing><w:txbxContent><w:p><w:r><w:t>Said in a box.</w:t></w:r></w:p>
</w:txbxContent></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r>
<w:t>Said in a box.</w:t></w:r></w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback>
</mc:AlternateContent></w:r>"""
_CHANGES = f"""<w:p {_W}><w:r><w:t xml:space="preserve">The cost was </w:t></w:r>
<w:del w:id="1" w:author="A"><w:r><w:delText>£50</w:delText></w:r></w:del>
<w:ins w:id="2" w:author="A"><w:r><w:t>£40</w:t></w:r></w:ins>
<w:r><w:t xml:space="preserve"> million; see </w:t></w:r>
<w:hyperlink w:anchor="plan"><w:r><w:t>the plan</w:t></w:r></w:hyperlink>
<w:r><w:rPr><w:vanish/></w:rPr><w:t>never shown</w:t></w:r><w:r><w:t>.</w:t></w:r></w:p>"""
_NOTES = f"""<w:footnotes {_W}><w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>
<w:footnote w:id="1"><w:p><w:r><w:t>As at the end of March.</w:t></w:r></w:p><w:p><w:r>
<w:t>Rounded.</w:t></w:r></w:p></w:footnote></w:footnotes>"""


def minutes_docx(path: Path) -> Path:
    """Write minutes with all that Word marks: styles, lists, tables, changes, notes, a header."""
    document = docx.Document()
    document.core_properties.title = "Minutes of the Example Board"
    document.sections[0].header.paragraphs[0].text = "Example Board, 3 May 2017"
    document.sections[0].footer.paragraphs[0].text = "Page 1"
    document.add_heading("Minutes of the Example Board", 0)
    document.add_heading("Community nursing", 1)
    said = document.add_paragraph("The board heard that the plan had moved on since the spring.")
    said._p.append(parse_xml(_BOX))
    document.element.body.insert(len(document.element.body) - 1, parse_xml(_CHANGES))
    document.add_paragraph().add_run("Waiting times").bold = True
    document.add_paragraph("Members asked how waiting times would change over the winter:")
    document.add_paragraph("in the villages;", "List Bullet")
    document.add_paragraph("in the outer villages;", "List Bullet 2")
    document.add_paragraph("in the town.", "List Bullet")
    document.add_paragraph("RESOLVED that the report be noted.")
    _costs(document)
    document.add_paragraph()
    _placing(document)
    part = Part(
        PackURI("/word/footnotes.xml"),
        "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml",
        _NOTES.encode(),
        document.part.package,
    )
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
    document.part.relate_to(part, relation)
    document.save(str(path))
    return path


def _costs(document: Any) -> None:
    """Add a table whose head is bold, with cells merged down and across."""
    table = document.add_table(4, 3)
    cells = ["Service", "2016-17", "2017-18", "Nursing", "1,250", "1,300", "", "90", "95"]
    for i, text in enumerate([*cells, "All figures are in thousands of pounds."]):
        run = table.cell(i // 3, i % 3).paragraphs[0].add_run(text)
        run.bold = i < 3
    table.cell(1, 0).merge(table.cell(2, 0))
    table.cell(3, 0).merge(table.cell(3, 2))


def _placing(document: Any) -> None:
    """Add two tables: one of names and no head, one that only places text on the page."""
    names = document.add_table(2, 2)
    for i, text in enumerate(["A. Hill", "Chair", "B. Moor", "Member"]):
        names.cell(i // 2, i % 2).text = text
    frame = document.add_table(1, 1)
    frame.cell(0, 0).text = "In a frame"
    frame.cell(0, 0).add_paragraph("First point", "List Number")


def deck_pptx(path: Path) -> Path:
    """Write slides with bullets, notes, a table, a group, a chart and a hidden one."""
    deck = pptx.Presentation()
    deck.core_properties.title = "PowerPoint Presentation"
    _bullets(deck)
    _boxes(deck)
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    slide.element.set("show", "0")
    slide.shapes.add_textbox(Cm(1), Cm(1), Cm(9), Cm(2)).text_frame.text = "Not for the day"
    deck.save(str(path))
    return path


def _bullets(deck: Any) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[1])
    slide.shapes.title.text = "Next steps"
    frame = slide.placeholders[1].text_frame
    frame.text = "Re-submission by the end of October"
    deeper = frame.add_paragraph()
    deeper.text, deeper.level = "New governance in November", 1
    slide.notes_slide.notes_text_frame.text = "Say that the date may slip.\nThank the team."
    layout = {p.placeholder_format.type: p for p in slide.slide_layout.placeholders}
    number = next(p for kind, p in layout.items() if "SLIDE_NUMBER" in str(kind))
    slide.shapes.clone_placeholder(number)
    list(slide.placeholders)[-1].text_frame.text = "1"


def _boxes(deck: Any) -> None:
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    slide.shapes.title.text = "What it costs"
    for left, top, text in ((13, 5, "Right"), (1, 9, "Below"), (1, 5.3, "Left")):
        box = slide.shapes.add_textbox(Cm(left), Cm(top), Cm(9), Cm(2))
        box.text_frame.text = text
    group = slide.shapes.add_group_shape()
    for left, text in ((8, "second"), (1, "first")):
        group.shapes.add_textbox(Cm(left), Cm(12), Cm(5), Cm(1)).text_frame.text = text
    table = slide.shapes.add_table(2, 2, Cm(1), Cm(14), Cm(10), Cm(2)).table
    for i, text in enumerate(["Year", "Cost", "2017", "£40m"]):
        table.cell(i // 2, i % 2).text = text
    data = CategoryChartData()
    data.categories = ["Spring", "Autumn"]
    data.add_series("Waiting", (12, 7.5))
    kind = XL_CHART_TYPE.COLUMN_CLUSTERED
    slide.shapes.add_chart(kind, Cm(1), Cm(17), Cm(10), Cm(4), data)


def blank_docx(path: Path) -> Path:
    """Write a Word document without a word."""
    docx.Document().save(str(path))
    return path


def blank_pptx(path: Path) -> Path:
    """Write a presentation with one empty slide."""
    deck = pptx.Presentation()
    deck.slides.add_slide(deck.slide_layouts[6])
    deck.save(str(path))
    return path


def no_slides(path: Path) -> Path:
    """Write a presentation without slides."""
    pptx.Presentation().save(str(path))
    return path


def cut_short(write: Callable[[Path], Path]) -> Callable[[Path], Path]:
    """Return a builder that leaves only the first half of what ``write`` makes."""

    def cut(path: Path) -> Path:
        data = write(path).read_bytes()
        path.write_bytes(data[: len(data) // 2])
        return path

    return cut


def spoilt(path: Path) -> Path:
    """Write a document whose body does not unpack, though its directory is whole."""
    data = bytearray(minutes_docx(path).read_bytes())
    with zipfile.ZipFile(path) as package:
        at = package.getinfo("word/document.xml").header_offset
    data[at + 80 : at + 400] = bytes(320)
    path.write_bytes(data)
    return path


def template(path: Path) -> Path:
    """Write a document that says that it is a template."""
    with zipfile.ZipFile(minutes_docx(path)) as package:
        members = {name: package.read(name) for name in package.namelist()}
    types = members["[Content_Types].xml"]
    members["[Content_Types].xml"] = types.replace(b"document.main+xml", b"template.main+xml")
    with zipfile.ZipFile(path, "w") as package:
        for name, data in members.items():
            package.writestr(name, data)
    return path


def bomb(path: Path) -> Path:
    """Write a document that says that it unpacks to more than the memory holds."""
    with zipfile.ZipFile(minutes_docx(path), "a") as package:
        package.writestr("word/media/huge.bin", b"0")
        package.filelist[-1].file_size = 300 << 20
    return path


def ole(*names: str) -> bytes:
    """Return the look of an older office file: its signature, and names in its directory."""
    entries = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in names)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + entries


def zipped(**members: str) -> Callable[[Path], Path]:
    """Return a builder of a ZIP archive with these members."""

    def write(path: Path) -> Path:
        with zipfile.ZipFile(path, "w") as package:
            for name, text in members.items():
                package.writestr(name, text)
        return path

    return write


RTF = rb"{\rtf1\ansi{\b Minutes}\par The board met on 3 May 2017 and agreed the plan.\par}"
