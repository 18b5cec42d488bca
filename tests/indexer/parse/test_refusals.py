"""Files that cannot be read: each is refused for its own reason, with its own remedy."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer.errors import UnreadableFileError
from indexer.parse import SUPPORTED, parse
from tests.indexer.parse import builders


def refusal(path: Path) -> UnreadableFileError:
    with pytest.raises(UnreadableFileError) as caught:
        parse(path)
    error = caught.value
    assert error.what.endswith(".")
    assert error.remedy.endswith(".")
    assert "Traceback" not in str(error)
    return error


def _bytes(data: bytes) -> Callable[[Path], Path]:
    def write(path: Path) -> Path:
        path.write_bytes(data)
        return path

    return write


def _cut(path: Path) -> Path:
    whole = builders.minutes_pdf(path.with_name("whole.pdf")).read_bytes()
    path.write_bytes(whole[: len(whole) // 4])
    return path


@pytest.mark.parametrize(
    ("name", "write", "what", "remedy"),
    [
        ("a.pdf", builders.locked_pdf, "locked with a password", "without a password"),
        ("a.pdf", _cut, "damaged or was cut short", "Download the file again"),
        ("a.pdf", _bytes(b""), "is empty", "Download the file again"),
        ("a.pdf", builders.blank_pdf, "pages are blank (1 page)", "right file"),
        ("a.pdf", _bytes(b"<html>404</html>"), "is not a PDF", "error message"),
        ("a.txt", _bytes(b""), "is empty", "downloaded in full"),
        ("a.txt", _bytes(b"\x00 \n"), "is empty", "downloaded in full"),
        ("a.txt", _bytes(bytes(range(256)) * 20), "does not hold text", "ending of its real"),
        ("a.txt", _bytes(b"PK\x03\x04" + b"\x00" * 99), "ZIP archive or an office", "real format"),
        ("a.md", _bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 99), "a picture (PNG)", "save it as"),
        ("a.md", _bytes(b"\n \n"), "is empty", "downloaded in full"),
        ("a.html", _bytes(b" \n"), "is empty", "downloaded in full"),
        ("a.html", _bytes(b"<html><script>1</script></html>"), "holds no text", "right file"),
        ("a.xlsx", _bytes(b"PK\x03\x04"), "ending in '.xlsx' cannot be read", "Save it as one of"),
        ("minutes", _bytes(b"Some text."), "has no ending", "Save it as one of"),
    ],
)
def test_refused_with_reason_and_remedy(
    name: str, write: Callable[[Path], Path], what: str, remedy: str, tmp_path: Path
) -> None:
    error = refusal(write(tmp_path / name))
    assert what in error.what
    assert remedy in error.remedy


def test_a_missing_file_and_a_folder(tmp_path: Path) -> None:
    assert "not there" in refusal(tmp_path / "gone.txt").what
    (tmp_path / "folder.txt").mkdir()
    assert "folder" in refusal(tmp_path / "folder.txt").what


def test_content_counts_more_than_the_name(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("<!DOCTYPE html><html><body><p>It was noted.</p></body></html>")
    assert parse(page).media_type == "text/html"
    assert parse(page).text == "It was noted."
    builders.minutes_pdf(tmp_path / "minutes.txt")
    assert parse(tmp_path / "minutes.txt").media_type == "application/pdf"


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8-sig", b""),
        ("utf-16", b""),
        ("utf-16-le", b""),
        ("utf-16-be", b""),
        ("utf-32", b""),
        ("cp1252", b""),
    ],
)
def test_encodings(encoding: str, mark: bytes, tmp_path: Path) -> None:
    text = "The cost – it was said – was £40 million, “no less”."
    path = tmp_path / "a.txt"
    path.write_bytes(mark + text.encode(encoding))
    document = parse(path)
    assert document.text == text
    assert bool(document.warnings) == (encoding == "cp1252")


def test_a_picture_among_pages_is_a_warning(tmp_path: Path) -> None:
    from pypdf import PdfWriter

    writer = PdfWriter()
    writer.append(builders.minutes_pdf(tmp_path / "text.pdf"))
    writer.append(builders.picture_pdf(tmp_path / "picture.pdf"))
    writer.write(tmp_path / "both.pdf")
    document = parse(tmp_path / "both.pdf")
    assert len(document.pages) == 3
    assert document.pages[2].span.start == document.pages[2].span.end
    assert any("No text on page 3" in warning for warning in document.warnings)


def test_page_labels_are_kept(tmp_path: Path) -> None:
    from pypdf import PdfWriter
    from pypdf.constants import PageLabelStyle

    writer = PdfWriter(clone_from=builders.minutes_pdf(tmp_path / "plain.pdf"))
    writer.set_page_label(0, 1, style=PageLabelStyle.LOWERCASE_ROMAN)
    writer.write(tmp_path / "labelled.pdf")
    labels = [page.label for page in parse(tmp_path / "labelled.pdf").pages]
    assert labels == ["i", "ii"]


def test_formats_are_loaded_only_when_needed(tmp_path: Path) -> None:
    import subprocess

    (tmp_path / "a.txt").write_text("It was noted.")
    code = (
        "import sys; from pathlib import Path; from indexer.parse import parse;"
        "parse(Path(sys.argv[1]));"
        "heavy = {'lxml', 'bs4', 'pypdf', 'pypdfium2', 'markdown_it', 'docx', 'pptx'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "a.txt")]
    root = Path(__file__).parents[3]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=root)
    assert done.stdout.strip() == "[]"


def test_supported_endings_are_lower_case() -> None:
    assert all(ending == ending.lower() and ending[0] == "." for ending in SUPPORTED)


@pytest.mark.parametrize("name", ["a.txt", "a.md"])
@pytest.mark.parametrize(
    "piece",
    ["[", "*", "a ", "a\n", "Title Like\n\n", "Supporting documents:\n", "> ", "- a\n", ".“", "1. ",
     "goes on and\n\ngoes on\n---\n2\n"],
)  # fmt: skip
def test_texts_take_time_in_proportion(name: str, piece: str, tmp_path: Path) -> None:
    """Texts are parsed without a time limit, so none may take time in its size's square."""
    path = tmp_path / name
    path.write_text("The board met.\n\n" + piece * (40_000 // len(piece)))
    begun = time.process_time()
    parse(path)
    assert time.process_time() - begun < 6
