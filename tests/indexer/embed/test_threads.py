"""Several threads may embed at once, from the very first text on."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_ROOT = Path(__file__).parents[3]
_TOGETHER = """
import sys, threading
from pathlib import Path
from indexer.embed.open import open_embedder

embedder = open_embedder("all-MiniLM-L6-v2", Path(sys.argv[1]))
start = threading.Barrier(4)
found = []

def embed() -> None:
    start.wait()
    found.append(embedder.embed(["hospital beds"])[0])

threads = [threading.Thread(target=embed) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert all((one == found[0]).all() for one in found)
print(len(found))
"""


def test_first_texts_from_several_threads_at_once_do_not_lock_up(tmp_path: Path) -> None:
    for _ in range(4):
        done = subprocess.run(
            [sys.executable, "-c", _TOGETHER, str(tmp_path)],
            cwd=_ROOT,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert (done.returncode, done.stdout.strip()) == (0, "4"), done.stderr


_SIGNALLED = """
import ctypes, sys
from pathlib import Path
from indexer.embed.open import open_embedder

class Stack(ctypes.Structure):
    _fields_ = [("at", ctypes.c_void_p), ("flags", ctypes.c_int), ("size", ctypes.c_size_t)]

def stack():
    found = Stack()
    assert ctypes.CDLL(None).sigaltstack(None, ctypes.byref(found)) == 0
    return found.at, found.flags

before = stack()
open_embedder("all-MiniLM-L6-v2", Path(sys.argv[1])).embed(["hospital beds"])
print(before == stack())
"""


def test_opening_a_model_leaves_no_stack_for_signals_behind(cache: Path) -> None:
    run = subprocess.run(
        [sys.executable, "-c", _SIGNALLED, str(cache)],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert run.stdout == "True\n", run.stderr
