"""One table of results: all that was measured of one material, as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from eval.bench.peers.figures import Figures
from eval.bench.peers.processes import Asked, Took


def costs(
    figures: Mapping[str, Figures], pieces: Mapping[str, int], embedding: Mapping[str, Took]
) -> dict[str, Any]:
    """Return what each system cost; ``embedding`` is of one piece, by system.

    A system that broke off has why. Seconds and milliseconds are medians over the rounds; disk and
    memory are MiB.
    """
    return {
        name: {"failed": own.failed} if own.failed else _cost(own, pieces[name], embedding[name])
        for name, own in figures.items()
    }


def _cost(own: Figures, pieces: int, embedding: Took) -> dict[str, Any]:
    asked = list(own.asked.values())
    building, cold = _median(own.builds), own.cold or Took()
    return {
        "pieces": pieces,
        "build_s": {
            "indexing": building,
            "all": {
                "wall": building["wall"] + pieces * embedding.wall,
                "cpu": building["cpu"] + pieces * embedding.cpu,
            },
        },
        "disk_mib": own.disk_mib,
        "building_mib": own.building_mib,
        "asking_mib": own.asking_mib,
        "cold_s": {"wall": cold.wall, "cpu": cold.cpu},
        "query_ms": {
            "from text": _spread([one.whole for one in asked]),
            "vector given": _spread([_apart(one) for one in asked]),
        },
    }


def _apart(asked: Asked) -> Took:
    """Return what a question took beside embedding it."""
    return Took(asked.whole.wall - asked.embedding.wall, asked.whole.cpu - asked.embedding.cpu)


def _median(taken: Sequence[Took]) -> dict[str, float]:
    return {
        "wall": float(np.median([took.wall for took in taken])),
        "cpu": float(np.median([took.cpu for took in taken])),
    }


def _spread(taken: Sequence[Took]) -> dict[str, dict[str, float]]:
    """Return percentiles in milliseconds."""
    columns = {"wall": [took.wall for took in taken], "cpu": [took.cpu for took in taken]}
    return {
        clock: {f"p{part}": float(np.percentile(column, part)) * 1000 for part in (50, 99)}
        for clock, column in columns.items()
    }
