"""What a page marks, character for character; BeautifulSoup would tidy white space away."""

from html.parser import HTMLParser


class _Marks(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.marked = ""
        self.identified = 0
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._inside = self._inside or tag == "mark"
        self.identified += ("id", "quote") in attrs

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag != "mark"

    def handle_data(self, data: str) -> None:
        self.marked += data if self._inside else ""


def marks_of(html: str) -> tuple[str, int]:
    """Return the marked characters, and how many elements call themselves the quote."""
    parser = _Marks()
    parser.feed(html)
    parser.close()
    return parser.marked, parser.identified
