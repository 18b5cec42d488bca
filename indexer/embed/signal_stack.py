"""Keep a library from leaving its own stack for signals behind.

OpenVINO's plugin for processors gives the thread that loads it an alternate signal stack, and frees
that memory when the last model is closed without taking the stack back. The next signal that
Python handles, such as the one of Ctrl-C, is then delivered to memory that is not there, and the
process ends in a segmentation fault (seen with OpenVINO 2026.4 on Linux).
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

_DISABLED = 2


class _Stack(ctypes.Structure):
    """``stack_t`` of Linux."""

    _fields_ = (
        ("address", ctypes.c_void_p),
        ("flags", ctypes.c_int),
        ("size", ctypes.c_size_t),
    )


@contextmanager
def kept_signal_stack() -> Iterator[None]:
    """Give this thread back the signal stack that it had, whatever was set in between.

    Where the system has no such stacks, nothing is done.
    """
    sigaltstack = getattr(ctypes.CDLL(None), "sigaltstack", None)
    if sigaltstack is None:
        yield
        return
    before = _Stack()
    known = sigaltstack(None, ctypes.byref(before)) == 0
    try:
        yield
    finally:
        if known:
            if not before.address:
                before.flags = _DISABLED
            sigaltstack(ctypes.byref(before), None)
