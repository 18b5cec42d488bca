"""PDF files made to hurt: cut, bent, looping, bloated. The same seed gives the same bytes."""

from __future__ import annotations

import random
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from tests.indexer.parse import builders

Objects = Mapping[int, bytes]
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"
_LINE = b"BT /F1 12 Tf 60 700 Td (The board agreed the plan.) Tj ET"


def stream(data: bytes, entries: bytes = b"", *, length: int | None = None) -> bytes:
    """Return a stream object; ``length`` may lie."""
    size = len(data) if length is None else length
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (size, entries, data)


def document(objects: Objects, *, trailer: bytes = b"", start: int | None = None) -> bytes:
    """Return a PDF of ``objects`` by number with a table of where they stand; 1 is the root."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (max(objects) + 1)
    for number in range(1, max(objects) + 1):
        place = places.get(number)
        out += b"%010d 00000 n \n" % place if place else b"0000000000 00000 f \n"
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\n" % (max(objects) + 1, trailer)
    out += b"startxref\n%d\n%%%%EOF\n" % (table if start is None else start)
    return bytes(out)


def one_page(content: bytes = _LINE, **changed: bytes) -> dict[int, bytes]:
    """Return the objects of a page: 1 root, 2 pages, 3 the page, 4 its content, 5 a font.

    ``changed`` gives entries of their own to the ``root``, the ``pages``, the ``page``, its
    ``resources`` or its ``box``, or another ``font``.
    """
    return {
        1: b"<< /Type /Catalog /Pages 2 0 R %s >>" % changed.get("root", b""),
        2: changed.get("pages", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"),
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R %s "
        b"/Resources << /Font << /F1 5 0 R >> %s >> >>"
        % (
            changed.get("box", b"0 0 595 842"),
            changed.get("page", b""),
            changed.get("resources", b""),
        ),
        4: stream(content) if not content.startswith(b"<<") else content,
        5: changed.get("font", _FONT),
    }


def _deflated(data: bytes, times: int = 1, entries: bytes = b"") -> bytes:
    for _ in range(times):
        data = zlib.compress(data, 9)
    names = b" ".join([b"/FlateDecode"] * times)
    return stream(data, b"/Filter [%s] %s" % (names, entries))


def cut(whole: bytes, rng: random.Random, count: int) -> Iterator[bytes]:
    """Yield ``whole`` broken off at ``count`` places."""
    for _ in range(count):
        yield whole[: rng.randrange(1, len(whole))]


def flipped(whole: bytes, rng: random.Random, count: int) -> Iterator[bytes]:
    """Yield ``whole`` with some bytes changed: few or many, at random or in one stretch."""
    for turn in range(count):
        data = bytearray(whole)
        first = rng.randrange(len(data))
        for step in range(rng.choice((1, 4, 40, 400))):
            at = (first + step) % len(data) if turn % 2 else rng.randrange(len(data))
            data[at] = rng.randrange(256)
        yield bytes(data)


def rearranged(whole: bytes, rng: random.Random, count: int) -> Iterator[bytes]:
    """Yield ``whole`` with a stretch of it left out, said twice, or moved."""
    for _ in range(count):
        a, b, c = sorted(rng.randrange(len(whole)) for _ in range(3))
        yield rng.choice(
            (whole[:a] + whole[b:], whole[:b] + whole[a:], whole[:a] + whole[b:c] + whole[a:])
        )


def renumbered(whole: bytes, rng: random.Random, count: int) -> Iterator[bytes]:
    """Yield ``whole`` with some of its numbers outside streams changed to absurd ones."""
    odd = (b"0", b"-1", b"99999999999", b"2147483648", b"1e308", b"NaN", b"3", b"()", b"null")
    for _ in range(count):
        words = whole.split(b" ")
        numbers = [i for i, word in enumerate(words) if word.isdigit()]
        for at in rng.sample(numbers, min(len(numbers), rng.choice((1, 3, 12)))):
            words[at] = rng.choice(odd)
        yield b" ".join(words)


def _tree() -> Iterator[tuple[str, bytes]]:
    """Yield documents whose page tree, outline or labels go round or lie."""
    for name, pages in {
        "kids-itself": b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>",
        "kids-root": b"<< /Type /Pages /Kids [1 0 R 3 0 R] /Count 2 >>",
        "kids-twice": b"<< /Type /Pages /Kids [3 0 R 3 0 R 3 0 R] /Count 3 >>",
        "kids-missing": b"<< /Type /Pages /Count 5 >>",
        "kids-number": b"<< /Type /Pages /Kids 7 /Count 1 >>",
        "kids-none": b"<< /Type /Pages /Kids [] /Count 0 >>",
        "kids-gone": b"<< /Type /Pages /Kids [77 0 R 78 0 R] /Count 2 >>",
        "count-huge": b"<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>",
        "count-large": b"<< /Type /Pages /Kids [3 0 R] /Count 19000 >>",
        "count-negative": b"<< /Type /Pages /Kids [3 0 R] /Count -4 >>",
        "count-text": b"<< /Type /Pages /Kids [3 0 R] /Count (many) >>",
    }.items():
        yield name, document(one_page(pages=pages))
    cycle = one_page(pages=b"<< /Type /Pages /Kids [6 0 R 3 0 R] /Count 9 >>")
    cycle[6] = b"<< /Type /Pages /Kids [2 0 R] /Parent 2 0 R /Count 8 >>"
    yield "kids-cycle", document(cycle)
    deep = one_page(pages=b"<< /Type /Pages /Kids [10 0 R] /Count 1 >>")
    for n in range(10, 3000):
        kid = n + 1 if n < 2999 else 3
        deep[n] = b"<< /Type /Pages /Kids [%d 0 R] /Count 1 >>" % kid
    yield "kids-deep", document(deep)
    outline = one_page(root=b"/Outlines 6 0 R")
    outline[6] = b"<< /Type /Outlines /First 7 0 R /Last 7 0 R /Count 1 >>"
    outline[7] = b"<< /Title (a) /Parent 6 0 R /Next 7 0 R /First 6 0 R >>"
    yield "outline-loop", document(outline)
    labels = one_page(root=b"/PageLabels 6 0 R")
    labels[6] = b"<< /Kids [6 0 R 6 0 R] /Limits [0 99999999] >>"
    yield "labels-loop", document(labels)
    for name, numbers in {
        "labels-bomb": b"0 << /S /r /St 2000000000 >>",
        "labels-bomb-letters": b"0 << /S /a /St 2000000000 >>",
        "labels-long": b"0 << /P (" + b"x" * 3_000_000 + b") >>",
        "labels-surrogate": b"0 << /P <FEFFD83D0041DC00> >>",
        "labels-odd": b"(a) 7 null << /S 3 >> -1 [ ]",
    }.items():
        yield name, document(one_page(root=b"/PageLabels << /Nums [%s] >>" % numbers))
    for name, title in {
        "title-surrogate": b"<FEFFD83D0041DC00>",
        "title-nul": b"(Board\\000 minutes\\000)",
        "title-endless": b"(" + b"Board minutes " * 300_000 + b")",
        "title-array": b"[1 2 3]",
        "title-loop": b"6 0 R",
    }.items():
        info = {**one_page(), 6: b"6 0 R", 7: b"<< /Title %s >>" % title}
        yield name, document(info, trailer=b"/Info 7 0 R")
    empty = one_page()
    kids = b" ".join(b"%d 0 R" % n for n in range(10, 15010))
    empty[2] = b"<< /Type /Pages /Kids [%s] /Count 15000 >>" % kids
    empty |= dict.fromkeys(range(10, 15010), b"<< /Type /Page /Parent 2 0 R >>")
    yield "pages-15000", document(empty)
    same = b" ".join([b"3 0 R"] * 100_000)
    many = one_page(pages=b"<< /Type /Pages /Kids [%s] /Count 100000 >>" % same)
    yield "pages-100000", document(many)


def _tables() -> Iterator[tuple[str, bytes]]:
    """Yield documents whose tables of objects go round, and objects that hold each other."""
    plain = document(one_page())
    at = plain.rindex(b"xref\n0")
    yield "xref-prev-itself", document(one_page(), trailer=b"/Prev %d" % at)
    yield "xref-prev-far", document(one_page(), trailer=b"/Prev 99999999")
    yield "xref-start-far", document(one_page(), start=10**12)
    yield "xref-start-zero", document(one_page(), start=0)
    yield "xref-size", plain.replace(b"/Size 6", b"/Size 2000000000")
    yield "xref-shifted", plain.replace(b"%PDF-1.7\n", b"%PDF-1.7\n%" + b"x" * 99 + b"\n")
    yield "root-itself", document({**one_page(), 1: b"1 0 R"})
    yield "root-gone", plain.replace(b"/Root 1 0 R", b"/Root 9 0 R")
    entries = b"/Type /XRef /Size 6 /W [1 4 2] /Root 1 0 R /Index [0 999999999]"
    yield "xref-stream-bomb", document({**one_page(), 6: _deflated(bytes(9_000_000), 1, entries)})
    around = b"/Type /ObjStm /N 2 /First 10"
    chained = {
        **one_page(),
        6: stream(b"2 0 7 9 [6 0 R]  7 0 R", around + b" /Extends 7 0 R"),
        7: stream(b"2 0 6 9 [7 0 R]  6 0 R", around + b" /Extends 6 0 R"),
    }
    yield "object-streams-chained", document(chained)
    lengths = {**one_page(), 4: b"<< /Length 4 0 R >>\nstream\n" + _LINE + b"\nendstream"}
    yield "length-itself", document(lengths)
    for name, length in (("short", 5), ("long", 10**9), ("negative", -7)):
        yield f"length-{name}", document(one_page(stream(_LINE, length=length)))
    for name, left, right in (("arrays", b"[", b"]"), ("dicts", b"<< /A ", b" >>")):
        for depth in (500, 100_000):
            nested = left * depth + right * depth
            yield f"nested-{name}-{depth}", document({**one_page(), 6: nested})
            yield f"nested-{name}-{depth}-in-page", document(one_page(page=b"/A " + nested))
            yield f"nested-{name}-{depth}-in-content", document(one_page(nested + _LINE))


def _content() -> Iterator[tuple[str, bytes]]:
    """Yield documents whose pages are endless, recursive or absurd to draw."""
    form = b"/Type /XObject /Subtype /Form /BBox [0 0 600 900] /Resources << /XObject << %s >> >>"
    for name, inner, names in (
        ("itself", b"/X Do /X Do", b"/X 6 0 R"),
        ("pair", b"/Y Do /Y Do", b"/X 6 0 R /Y 7 0 R"),
    ):
        looping = one_page(b"/X Do " + _LINE, resources=b"/XObject << /X 6 0 R >>")
        looping[6] = stream(inner, form % names)
        looping[7] = stream(b"/X Do /X Do", form % names)
        yield f"form-{name}", document(looping)
    doubling = one_page(b"/X Do", resources=b"/XObject << /X 10 0 R >>")
    for n in range(10, 34):
        doubling[n] = stream(b"/X Do /X Do", form % (b"/X %d 0 R" % (n + 1)))
    doubling[34] = stream(_LINE, form % b"")
    yield "form-doubling", document(doubling)
    for name, piece, times in (
        ("save", b"q ", 1_000_000), ("restore", b"Q ", 1_000_000),
        ("clip", b"0 0 9 9 re W n ", 300_000), ("paths", b"1 2 m 3 400 l S ", 300_000),
        ("boxes", b"50 50 200 300 re S 60 60 100 9 re f ", 30_000),
        ("curves", b"1 2 3 4 5 6 c ", 500_000), ("text", b"BT /F1 9 Tf (a) Tj ET ", 200_000),
        ("spread", b"BT /F1 9 Tf 1 0 0 1 %d %d Tm (word) Tj ET ", 20_000),
        ("grid", b"%d %d m 590 %d l S ", 6_000), ("strings", b"(" * 500_000, 1),
        ("inline", b"BI /W 9999 /H 9999 /BPC 8 /CS /G ID x EI ", 2_000),
        ("shading", b"/S sh ", 100_000), ("marks", b"/P << /MCID 1 >> BDC ", 300_000),
    ):  # fmt: skip
        places = piece.count(b"%d")
        body = b"".join(
            piece % tuple((n * (7 + i)) % 700 for i in range(places)) if places else piece
            for n in range(times)
        )
        yield f"many-{name}", document(one_page(_deflated(body + _LINE)))
    heap = b"BT /F1 9 Tf 60 700 Td (" + b"The board agreed. " * 1_000_000 + b") Tj ET"
    yield "bomb-text", document(one_page(_deflated(heap)))
    yield "bomb-text-twice", document(one_page(_deflated(heap, 2)))
    yield "bomb-zeros", document(one_page(_deflated(bytes(60_000_000), 2)))
    yield "bomb-filters", document(one_page(_deflated(_LINE, 60)))
    runs = stream(b"\x81A" * 400_000 + b"\x80", b"/Filter /RunLengthDecode")
    yield "bomb-run-length", document(one_page(runs))
    letters = stream(b"z" * 5_000_000 + b"~>", b"/Filter /ASCII85Decode")
    yield "bomb-ascii85", document(one_page(letters))
    yield (
        "bomb-lzw",
        document(one_page(stream(b"\x80\x0b\x60\x50" * 99_999, b"/Filter /LZWDecode"))),
    )
    yield "filter-unknown", document(one_page(stream(_LINE, b"/Filter /Nonsense")))
    predictor = b"/DecodeParms << /Predictor 15 /Columns 2000000000 /Colors 99 >>"
    yield "filter-predictor", document(one_page(_deflated(_LINE, 1, predictor)))
    for name, box in {
        "huge": b"0 0 1e9 1e9", "zero": b"0 0 0 0", "negative": b"595 842 0 0",
        "nan": b"NaN NaN inf -inf", "text": b"(a) (b) (c) (d)", "short": b"0 0",
        "far": b"1e30 1e30 2e30 2e30", "thin": b"0 0 0.0001 842",
    }.items():  # fmt: skip
        yield f"box-{name}", document(one_page(box=box))
    for name, size in (("inf", b"1e38"), ("nan", b"0"), ("tiny", b"1e-30")):
        matrix = size + b" 0 0 " + size + b" 0 0"
        yield f"matrix-{name}", document(one_page(matrix + b" cm " + _LINE))
        yield (
            f"text-matrix-{name}",
            document(one_page(b"BT /F1 12 Tf " + matrix + b" Tm (a b) Tj ET")),
        )
    yield "rotate-odd", document(one_page(page=b"/Rotate 45"))
    yield "rotate-huge", document(one_page(page=b"/Rotate 99999999990"))
    yield "unit-huge", document(one_page(page=b"/UserUnit 1e30"))
    notes = b" ".join(b"<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] >>" for _ in range(100_000))
    yield "annotations", document(one_page(page=b"/Annots [%s]" % notes))
    image = one_page(b"595 0 0 842 0 0 cm /X Do", resources=b"/XObject << /X 6 0 R >>")
    entries = b"/Subtype /Image /Width %d /Height %d /BitsPerComponent 8 /ColorSpace /DeviceGray"
    for side in (0, 30_000, 2_000_000_000):
        image[6] = _deflated(bytes(5_000_000), 1, entries % (side, side))
        yield f"image-{side}", document(image)


def _fonts() -> Iterator[tuple[str, bytes]]:
    """Yield documents whose fonts and maps of characters are absurd, or loop."""
    ranges = b"1 begincodespacerange <00> <ff> endcodespacerange "
    for name, body in {
        "cmap-bomb": b"1 beginbfrange <00000000> <ffffffff> <0041> endbfrange",
        "cmap-long": b"1 beginbfchar <54> <" + b"0041" * 500_000 + b"> endbfchar",
        "cmap-surrogates": b"2 beginbfchar <54> <d83d> <68> <dc00> endbfchar",
        "cmap-nul": b"1 beginbfrange <00> <ff> <0000> endbfrange",
        "cmap-private": b"1 beginbfrange <00> <ff> <e000> endbfrange",
        "cmap-itself": b"/Loop usecmap",
        "cmap-cut": b"99999999 beginbfchar <54",
    }.items():
        font = _FONT.replace(b">>", b"/ToUnicode 6 0 R >>")
        yield name, document({**one_page(font=font), 6: stream(ranges + body)})
    for name, font in {
        "font-itself": b"5 0 R",
        "font-gone": b"<< /Type /Font /Subtype /TrueType /FontDescriptor 99 0 R >>",
        "font-widths": _FONT.replace(b">>", b"/FirstChar -9 /LastChar 999999999 /Widths [1e30] >>"),
        "font-zero": _FONT.replace(b">>", b"/FirstChar 0 /LastChar 255 /Widths [0 0 0] >>"),
        "font-descendant": b"<< /Type /Font /Subtype /Type0 /Encoding /Identity-H "
        b"/DescendantFonts [5 0 R] /BaseFont /A >>",
        "font-differences": _FONT.replace(
            b">>", b"/Encoding << /Differences [ -5 /a 999999999 /b /c 0 [ ] ] >> >>"
        ),
    }.items():
        yield name, document(one_page(font=font))
    glyphs = {**one_page(), 6: stream(_LINE)}
    glyphs[5] = (
        b"<< /Type /Font /Subtype /Type3 /FontBBox [0 0 9 9] /FontMatrix [1 0 0 1 0 0] "
        b"/CharProcs << /T 6 0 R >> /Encoding << /Differences [84 /T] >> /FirstChar 84 "
        b"/LastChar 84 /Widths [9] /Resources << /Font << /F1 5 0 R >> >> >>"
    )
    yield "font-type3-itself", document(glyphs)
    program = _FONT.replace(b"/Type1", b"/TrueType").replace(b">>", b"/FontDescriptor 6 0 R >>")
    junk = random.Random(5).randbytes(50_000)
    described = b"<< /Type /FontDescriptor /FontName /A /Flags 4 /FontFile2 7 0 R >>"
    yield (
        "font-junk",
        document({**one_page(font=program), 6: described, 7: stream(b"\x00\x01\x00\x00" + junk)}),
    )


def _guises() -> Iterator[tuple[str, bytes]]:
    """Yield what is named .pdf and is hardly one, and documents with more in them than pages."""
    plain = document(one_page())
    yield "empty", b""
    yield "nul", bytes(5000)
    yield "header-only", b"%PDF-1.7\n"
    yield "header-twice", b"%PDF-1.7\n%PDF-1.4\n" + plain
    yield "header-late", b"x" * 1000 + plain
    yield "header-too-late", b"x" * 5000 + plain
    yield "html", b"<!DOCTYPE html><html><body><p>404</p></body></html>"
    yield "html-naming-pdf", b"<html><body><p>404 %PDF-1.7</p></body></html>"
    yield "html-and-pdf", b"<html><body>\n" + plain
    yield "zip-and-pdf", b"PK\x03\x04" + plain
    yield "pdf-twice", plain + plain
    yield "pdf-and-junk", plain + random.Random(3).randbytes(400_000)
    yield "utf16", plain.decode("latin-1").encode("utf-16")
    yield "line-ends", plain.replace(b"\n", b"\r\n")
    yield "text-mode", plain.replace(b"\r", b"").replace(b"\x00", b"")
    action = b"/OpenAction << /S /JavaScript /JS (while (true) { app.alert(1) }) >>"
    yield "javascript", document(one_page(root=action))
    launch = b"/OpenAction << /S /Launch /F (/bin/sh) >>"
    yield "launch", document(one_page(root=launch))
    attached = one_page(root=b"/Names << /EmbeddedFiles << /Names [(a.pdf) 6 0 R] >> >>")
    attached[6] = b"<< /Type /Filespec /F (a.pdf) /EF << /F 7 0 R >> >>"
    attached[7] = _deflated(bytes(20_000_000), 1, b"/Type /EmbeddedFile")
    yield "attachment-bomb", document(attached)
    form = b"/AcroForm << /XFA 6 0 R /Fields [7 0 R] >>"
    fields = {**one_page(root=form), 6: stream(b"<xdp>" * 99_999)}
    fields[7] = b"<< /T (a) /Kids [7 0 R] /Parent 7 0 R >>"
    yield "form-fields-loop", document(fields)
    crypt = b"/Encrypt << /Filter /Standard /V %s /R 9 /O (a) /U (b) /P -4 >> /ID [(a) (b)]"
    yield "encrypted-odd", document(one_page(), trailer=crypt % b"99")
    yield "encrypted-loop", document({**one_page(), 6: b"6 0 R"}, trailer=b"/Encrypt 6 0 R")


KINDS: dict[str, Callable[[], Iterator[tuple[str, bytes]]]] = {
    "tree": _tree, "tables": _tables, "content": _content, "fonts": _fonts, "guises": _guises,
}  # fmt: skip


def write_all(
    folder: Path, *, each: int, seed: int = 1, without: frozenset[str] = frozenset()
) -> list[Path]:
    """Write every kind but ``without``, and ``each`` of every way to bend a whole file."""
    whole = builders.minutes_pdf(folder / "whole.pdf").read_bytes()
    samples = [whole, document(one_page())]
    paths = []
    for kind, make in KINDS.items():
        for name, data in make():
            if name in without:
                continue
            paths.append(folder / f"{kind}-{name}.pdf")
            paths[-1].write_bytes(data)
    rng = random.Random(seed)
    for bend in (cut, flipped, rearranged, renumbered):
        for place, sample in enumerate(samples):
            for number, data in enumerate(bend(sample, rng, each)):
                paths.append(folder / f"{bend.__name__}-{place}-{number:03}.pdf")
                paths[-1].write_bytes(data)
    return paths
