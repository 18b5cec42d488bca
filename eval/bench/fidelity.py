"""How many words of PDF pages are lost or made up, against another program's reading of them.

Run ``python -m eval.bench.fidelity FOLDER``. Poppler's ``pdftotext`` shares no code with the PDFium
that reads here. Words are compared page by page as a bag, so order does not count; a quotation
is told apart by its pairs of neighbouring words, which should stand side by side in one of
poppler's three orders. Repeated headings of table columns, and the text of pictures, are more here
than there; a word that is there and not here is a loss.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from operator import and_
from pathlib import Path

import click

from indexer.corpus import read_corpus
from indexer.errors import UnreadableFileError
from indexer.parse import parse

_PROGRAM = "pdftotext"
_ORDERS = ((), ("-layout",), ("-raw",))
_WORD = re.compile(r"\w+")
_SECONDS = 120
_WORST = 10


@dataclass(frozen=True, slots=True)
class PageFidelity:
    """What one page holds, in words: ``theirs`` by the other program, the rest beside it."""

    name: str
    page: int
    theirs: int
    lost: int
    """Words that the other program finds more often."""
    more: int
    """Words that are found more often here."""
    apart: int
    """Neighbours here that are neighbours in none of the other program's orders."""


def page_fidelity(name: str, page: int, here: str, orders: Sequence[str]) -> PageFidelity:
    """Compare the text of a page with the same page in the other program's ``orders``."""
    own = _words(here)
    read = [_words(order) for order in orders]
    # What is drawn twice in one place is there twice in the order of drawing alone.
    ours, theirs = Counter(own), reduce(and_, map(Counter, read))
    neighbours = {pair for words in read for pair in pairwise(words)}
    return PageFidelity(
        name,
        page,
        theirs.total(),
        (theirs - ours).total(),
        (ours - theirs).total(),
        sum(pair not in neighbours for pair in pairwise(own)),
    )


def fidelity_of(path: Path) -> Iterator[PageFidelity]:
    """Yield the comparison of each page of a PDF.

    Raises UnreadableFileError where the file cannot be read here, and
    subprocess.SubprocessError where the other program cannot.
    """
    parsed = parse(path)
    orders = [_pages_by_poppler(path, order) for order in _ORDERS]
    for page in parsed.pages:
        read = [order[page.number - 1] for order in orders if page.number <= len(order)]
        if read:
            here = parsed.text[page.span.start : page.span.end]
            yield page_fidelity(path.name, page.number, here, read)


def _pages_by_poppler(path: Path, order: Sequence[str]) -> list[str]:
    done = subprocess.run(
        [_PROGRAM, *order, "-enc", "UTF-8", str(path), "-"],
        capture_output=True,
        timeout=_SECONDS,
        check=True,
    )
    return done.stdout.decode(errors="replace").split("\f")


def _words(text: str) -> list[str]:
    return _WORD.findall(text.replace("\u00ad", ""))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
def main(folder: Path) -> None:
    """Compare the words of the PDF files in FOLDER with poppler's."""
    if shutil.which(_PROGRAM) is None:
        raise click.UsageError(f"This needs {_PROGRAM}: install poppler-utils.")
    found: list[PageFidelity] = []
    paths = [s.path for s in read_corpus(folder).sources if s.path.suffix.lower() == ".pdf"]
    with click.progressbar(paths, label="Comparing") as bar:
        for path in bar:
            try:
                found += fidelity_of(path)
            except (UnreadableFileError, subprocess.SubprocessError) as error:
                click.echo(f"Left out: {path.name}: {error}", err=True)
    if not found:
        raise click.ClickException(f"No PDF in {folder} can be read by both.")
    _print(found)


def _print(found: Sequence[PageFidelity]) -> None:
    click.echo(
        f"{len(found)} pages, {sum(p.theirs for p in found)} words by {_PROGRAM}: "
        f"{sum(p.lost for p in found)} lost here, {sum(p.more for p in found)} more here, "
        f"{sum(p.apart for p in found)} pairs of neighbours not side by side there"
    )
    worst = sorted(found, key=lambda page: page.lost / (page.theirs + 1), reverse=True)
    for page in worst[:_WORST]:
        if page.lost:
            click.echo(f"  {page.name} page {page.page}: {page.lost} of {page.theirs} lost")


if __name__ == "__main__":
    main()
