"""One family of errors, split by what the person who sees it can do next. It knows no HTTP."""

from __future__ import annotations


class MinutebookError(Exception):
    """Something went wrong that a person should read about: what happened, and the remedy."""

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what)
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.what} {self.remedy}" if self.remedy else self.what

    def __reduce__(self) -> tuple[type[MinutebookError], tuple[str, str]]:
        """Let the error cross from a worker process to its parent."""
        return type(self), (self.what, self.remedy)


class UsageError(MinutebookError):
    """The question, the setting or the manifest must be mended."""


class UnreadableFileError(MinutebookError):
    """One file cannot be read; the others can."""


class NotFoundError(MinutebookError):
    """There is no such document, passage, page or build."""


class NotOfferedError(MinutebookError):
    """What is asked for was not set up here: leave it out, or ask the operator."""


class IndexNotReadyError(MinutebookError):
    """There is no index yet, or not of a kind that this version can open: build it."""


class IndexDamagedError(MinutebookError):
    """The index contradicts its own record: rebuild it or go back to the one before."""


class ModelMismatchError(MinutebookError):
    """The model at hand is not the one that the index was built with."""
