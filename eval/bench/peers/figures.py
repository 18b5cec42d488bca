"""What was measured of a system, written down as it comes: a broken-off comparison goes on."""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from eval.bench.peers.processes import Asked, Took


@dataclass(slots=True)
class Figures:
    """What was measured of one system; where it broke off, ``failed`` says why.

    With a file, each thing is written there at once, and what stands there is taken up. MiB.
    """

    file: Path | None = None
    builds: list[Took] = field(default_factory=list)
    building_mib: float = 0.0
    disk_mib: float = 0.0
    cold: Took | None = None
    asked: dict[str, Asked] = field(default_factory=dict)
    asking_mib: float = 0.0
    failed: str | None = None

    def __post_init__(self) -> None:
        if self.file is None or not self.file.is_file():
            return
        text = self.file.read_text(encoding="utf-8")
        for line in text.split("\n"):
            with suppress(json.JSONDecodeError):  # A line that a crash cut short does not count.
                self._take(json.loads(line))
        if not text.endswith("\n"):
            with self.file.open("a", encoding="utf-8") as file:
                file.write("\n")

    def built(self, took: Took, building_mib: float, disk_mib: float) -> None:
        """Note one build."""
        self._keep(do="built", took=asdict(took), building_mib=building_mib, disk_mib=disk_mib)

    def started(self, took: Took) -> None:
        """Note how long it took from nothing to the first answer; the first such counts."""
        self._keep(do="started", took=asdict(took))

    def answered(self, question: str, asked: Asked) -> None:
        """Note one question."""
        self._keep(do="answered", question=question, asked=asdict(asked))

    def used(self, asking_mib: float) -> None:
        """Note the memory of the process that was asked."""
        self._keep(do="used", asking_mib=asking_mib)

    def _keep(self, **line: Any) -> None:
        self._take(line)
        if self.file is not None:
            with self.file.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")

    def _take(self, line: dict[str, Any]) -> None:
        match line["do"]:
            case "built":
                self.builds.append(Took(**line["took"]))
                self.building_mib = max(self.building_mib, line["building_mib"])
                self.disk_mib = line["disk_mib"]
            case "started":
                self.cold = self.cold or Took(**line["took"])
            case "answered":
                self.asked[line["question"]] = _asked(line["asked"])
            case "used":
                self.asking_mib = max(self.asking_mib, line["asking_mib"])


def _asked(kept: dict[str, Any]) -> Asked:
    return Asked(
        tuple(tuple(ids) for ids in kept["found"]), Took(**kept["whole"]), Took(**kept["embedding"])
    )
