"""Build again and again into one index, each time killed a few file operations later.

Run as ``python -m tests.indexer.store.crash INDEX``. Prints a line of JSON for each attempt: the
build that was current before, the one attempted, whether it was killed, the one that is current
after, and what is wrong with it. Ends with the first attempt that nothing interrupted.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from indexer.store.check import verify
from indexer.store.format import read_current
from indexer.store.local import LocalWriter, open_reader
from tests.contract.builders import council, plan

_STEP = 3
_OPERATIONS = {"open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "sqlite3.connect"}


@dataclass(frozen=True, slots=True)
class Attempt:
    """What became of one attempt."""

    before: str
    tried: str
    killed: bool
    after: str
    problems: list[str]


def build(index: Path, build_id: str) -> None:
    writer = LocalWriter(index, plan(build_id))
    for record in council():
        writer.add(record)
    writer.publish(plan(build_id))


def build_until(index: Path, build_id: str, operations: int) -> None:
    """Build, and die without a word before the file operation of that number in the index."""
    left = operations

    def watch(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event in _OPERATIONS and str(index) in str(arguments[0]):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(watch)
    build(index, build_id)


def apart(work: Callable[[], object]) -> int:
    """Do the work in a process of its own; return its exit status, or minus the signal."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException as error:
            sys.stderr.write(f"{error!r}\n")
            os._exit(1)
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def serves(index: Path) -> None:
    reader = open_reader(index)
    if reader.matching("ambulance", 5) and len(reader.nearest(reader.vectors([0])[0], 8)) == 8:
        return
    raise AssertionError("the current build does not answer")


def main(index: Path) -> None:
    before, operations = "build-0", 1
    assert apart(lambda: build(index, "build-0")) == 0
    killed = True
    while killed:
        tried = f"build-{operations}"
        status = apart(lambda i=index, t=tried, n=operations: build_until(i, t, n))  # type: ignore[misc]
        assert status in (0, -signal.SIGKILL), status
        killed = status != 0
        after = read_current(index).id
        problems = [] if apart(lambda: serves(index)) == 0 else ["it does not serve"]
        if operations % 5 == 0 or not killed:
            problems += verify(index)
        line = Attempt(before, tried, killed, after, problems)
        sys.stdout.write(json.dumps({s: getattr(line, s) for s in Attempt.__slots__}) + "\n")
        before, operations = after, operations + _STEP


if __name__ == "__main__":
    main(Path(sys.argv[1]))
