"""The steps of the search, each with all before it, and the ways that it is compared with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from eval.ablation.fusion import reciprocal_rank_fusion, score_fusion
from indexer.model import Filters
from indexer.store.protocols import Scored, StoreReader
from search_api.ranking.late import Reading
from search_api.ranking.weigh import USUAL, Weights, weighed

_STRETCHED = (0.4, 0.6)
"""What vectors and words count for where scores are stretched: the best on dev at that time."""
_FIRST_SIGHT = replace(
    USUAL,
    tokens=0.0,
    form_of_nearest=0.0,
    form_of_any=0.0,
    follows=0.0,
    follows_answering=0.0,
    named=0.0,
    dated=0.0,
    document=0.0,
    read_again=0,
    followed=0,
)
_TOKENS = replace(_FIRST_SIGHT, tokens=USUAL.tokens, read_again=USUAL.read_again)
_FORMS = replace(_TOKENS, form_of_nearest=USUAL.form_of_nearest, form_of_any=USUAL.form_of_any)
_FOLLOWING = replace(
    _FORMS,
    follows=USUAL.follows,
    follows_answering=USUAL.follows_answering,
    followed=USUAL.followed,
)
_MEANT = replace(_FOLLOWING, named=USUAL.named, dated=USUAL.dated)


@dataclass(frozen=True, slots=True)
class Candidates:
    """A question put to a store: both its rankings, so deep as was asked."""

    store: StoreReader
    reading: Reading
    filters: Filters
    by_vector: Sequence[Scored]
    by_words: Sequence[Scored]


def candidates(
    store: StoreReader, reading: Reading, depth: int, filters: Filters = Filters()
) -> Candidates:
    """Ask both rankings for their first ``depth`` passages."""
    by_vector = store.nearest(reading.vector, depth, filters)
    by_words = store.matching(reading.query.words, depth, filters)
    return Candidates(store, reading, filters, by_vector, by_words)


Step = Callable[[Candidates], Sequence[Scored]]


def _weighed(weights: Weights) -> Step:
    return lambda c: weighed(c.store, c.reading, c.by_vector, c.by_words, c.filters.role, weights)


STEPS: dict[str, Step] = {
    "vectors alone": lambda c: c.by_vector,
    "words alone (BM25)": lambda c: c.by_words,
    "both, ranks fused (RRF)": lambda c: reciprocal_rank_fusion([c.by_vector, c.by_words]),
    "both, scores stretched": lambda c: score_fusion([c.by_vector, c.by_words], _STRETCHED),
    "both, on scales of their own": _weighed(_FIRST_SIGHT),
    "+ late interaction": _weighed(_TOKENS),
    "+ the form of an answer": _weighed(_FORMS),
    "+ what follows": _weighed(_FOLLOWING),
    "+ the body and the time that are named": _weighed(_MEANT),
    "+ the document, for long questions": _weighed(USUAL),
}
"""The last step is the search as it is; from the fifth on each holds those before it."""
