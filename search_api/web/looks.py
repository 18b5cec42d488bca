"""The stylesheet that every page carries, and what the browser is told so that it trusts it.

A page is painted after one request: the design system's rules and ours stand in its head. The
content security policy names them by their hash, so no other style can come in.
"""

from __future__ import annotations

import base64
import hashlib
import re
from pathlib import Path

_HERE = Path(__file__).parent
STATIC = _HERE / "static"
_COMMENT = re.compile(r"/\*(?!!).*?\*/", re.DOTALL)
_SPACE = re.compile(r"\s*\n\s*")


def _smaller(css: str) -> str:
    return _SPACE.sub("\n", _COMMENT.sub("", css)).strip()


STYLE = "\n".join(
    _smaller((_HERE / "style" / name).read_text("utf-8"))
    for name in ("nhsuk.css", "minutebook.css")
)
STYLE_SOURCE = f"'sha256-{base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()}'"
SCRIPT_VERSION = hashlib.sha256((STATIC / "minutebook.js").read_bytes()).hexdigest()[:12]
