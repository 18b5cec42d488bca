"""What was read lately, kept up to a weight; the least lately used goes first."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Sequence
from threading import Lock
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Lately(Generic[Key, Value]):
    """Values by their keys, safe from several threads. A value must never change: all share it."""

    def __init__(self, most: int, weight: Callable[[Value], int] = lambda _: 1) -> None:
        """Keep values whose weights add up to no more than ``most``."""
        self._most = most
        self._weight = weight
        self._kept: OrderedDict[Key, Value] = OrderedDict()
        self._lock = Lock()
        self.weight = 0
        """What is kept weighs so much."""

    def get(self, key: Key, make: Callable[[Key], Value]) -> Value:
        """Return the value of a key, made now unless it is kept."""
        [value] = self.many([key], lambda keys: map(make, keys))
        return value

    def many(
        self, keys: Sequence[Key], make: Callable[[list[Key]], Iterable[Value]]
    ) -> list[Value]:
        """Return the values of keys in their order; ``make`` gives those that are not kept.

        It is given each missing key once, and its values come in the order of its keys.
        """
        with self._lock:
            found = {key: self._kept[key] for key in keys if key in self._kept}
            for key in found:
                self._kept.move_to_end(key)
        missing = [key for key in dict.fromkeys(keys) if key not in found]
        if missing:
            made = dict(zip(missing, make(missing), strict=True))
            found |= made
            self._keep(made)
        return [found[key] for key in keys]

    def _keep(self, made: dict[Key, Value]) -> None:
        with self._lock:
            for key, value in made.items():
                if key not in self._kept:
                    self._kept[key] = value
                    self.weight += self._weight(value)
            while self.weight > self._most:
                _, gone = self._kept.popitem(last=False)
                self.weight -= self._weight(gone)
