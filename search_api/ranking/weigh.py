"""Candidates weighed by all that speaks for each, on scales that the others do not move.

The cosine of the vectors; the share of the question's words, by rarity, that BM25 finds; the
nearness of the best sentence by its tokens; and whether a sentence has the form of an answer: each
lies by itself between about 0 and 1. Stretching each ranking between its own best and last, as is
usual, would make a ranking that holds nothing good speak as loud as one that does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from indexer.embed.protocol import Vectors
from indexer.model import Passage, Role
from indexer.store.protocols import Scored, StoreReader
from search_api.asked.forms import form_of
from search_api.asked.kinds import QuestionKind, kind_of
from search_api.ranking.following import answering, continued, following
from search_api.ranking.late import Reading, units_nearness
from search_api.ranking.preferences import preferred


@dataclass(frozen=True, slots=True)
class Weights:
    """What each evidence counts for, and how far it is looked for.

    Chosen on the dev parts of the gold questions, where all optima are flat: docs/retrieval.md.
    """

    vectors: float = 1.0
    words: float = 1.5
    tokens: float = 2.5
    form_of_nearest: float = 0.2
    """For the form of the sentence that is nearest, its nearness and its form taken together."""
    form_of_any: float = 0.15
    """For the best form of any sentence of the passage."""
    follows: float = 0.3
    """How much of what a passage lacks to the one before it is made up for by following it."""
    follows_answering: float = 0.6
    """The same for a passage of the role in which such a question is answered, a little further."""
    named: float = 0.15
    """For a document of the body, the place or the committee that the question names."""
    dated: float = 0.3
    """For one of the month or the day that it names."""
    document: float = 0.1
    """For what else the document holds, where a question is so long that it describes one."""
    read_again: int = 40
    followed: int = 10
    """Of so many first passages, those that come after them are read too."""


USUAL = Weights()
_USUAL_WORDS = 10
"""Questions of more words than this describe a matter: their words tell more, one vector less."""
_LEAST_TOLD = 0.7
"""What the words of a question of a few count for, of what those of a usual one do."""
_DOCUMENT_FROM = 100
"""How many candidates tell what else a document holds."""


def weighed(
    store: StoreReader,
    reading: Reading,
    by_vector: Sequence[Scored],
    by_words: Sequence[Scored],
    roles: Sequence[Role] = (),
    weights: Weights = USUAL,
) -> list[Scored]:
    """Return the candidates of both rankings, best first, the first of them read again.

    Passages of ``roles`` (none: of any) that follow the first ones may come in. The best has the
    score 1, the last of those read again 0, and so have all behind it, which keep their order.
    """
    seen = _at_first_sight(store, reading, by_vector, by_words, weights)
    order = _best_first(seen)
    first = order[: weights.read_again]
    if not first or not len(reading.states):
        return _stretched([Scored(number, seen[number]) for number in order])
    passages = dict(zip(first, store.passages(first), strict=True))
    wanted = answering(kind_of(reading.query.asked)) if weights.follows_answering else frozenset()
    passages |= following(store, first[: weights.followed], passages, roles, wanted)
    seen = _cosines(store, reading, [n for n in passages if n not in seen], weights) | seen
    read = _read_again(store, reading, passages, weights)
    meant = _meant(store, reading, passages, weights)
    total = {n: seen[n] + read[n] + meant[n] for n in passages}
    total = continued(total, passages, wanted, weights.follows, weights.follows_answering)
    ranked = _stretched([Scored(number, total[number]) for number in _best_first(total)])
    return ranked + [Scored(number, 0.0) for number in order if number not in total]


def _at_first_sight(
    store: StoreReader,
    reading: Reading,
    by_vector: Sequence[Scored],
    by_words: Sequence[Scored],
    weights: Weights,
) -> dict[int, float]:
    """Return what vectors and words say of each candidate, and for a long question documents."""
    seen = {each.number: weights.vectors * each.score for each in by_vector}
    missing = [each.number for each in by_words if each.number not in seen]
    seen |= _cosines(store, reading, missing, weights)
    length = len(reading.rarities) / _USUAL_WORDS
    told = weights.words * max(_LEAST_TOLD, length)
    share = told / max(sum(reading.rarities), 1e-9)
    for each in by_words:
        seen[each.number] += share * each.score
    described = weights.document * max(0.0, length - 1)
    return _with_documents(store, seen, described) if described and seen else seen


def _cosines(
    store: StoreReader, reading: Reading, numbers: Sequence[int], weights: Weights
) -> dict[int, float]:
    if not numbers:
        return {}
    cosines = store.vectors(numbers) @ reading.vector
    return dict(zip(numbers, (weights.vectors * cosines).tolist(), strict=True))


def _with_documents(
    store: StoreReader, seen: Mapping[int, float], weight: float
) -> dict[int, float]:
    """Add to the first candidates what all candidates of their document are above the last."""
    first = _best_first(seen)[:_DOCUMENT_FROM]
    least = seen[first[-1]]
    documents = [passage.document_id for passage in store.passages(first)]
    held: defaultdict[str, float] = defaultdict(float)
    for number, document in zip(first, documents, strict=True):
        held[document] += seen[number] - least
    told = {n: seen[n] + weight * held[d] for n, d in zip(first, documents, strict=True)}
    return {**seen, **told}


def _meant(
    store: StoreReader, reading: Reading, passages: Mapping[int, Passage], weights: Weights
) -> dict[int, float]:
    """Return what each passage gains by whose its document is, and of when."""
    documents = [store.document(one) for one in {p.document_id for p in passages.values()}]
    gains = preferred(reading.query, documents, weights.named, weights.dated)
    return {number: gains[passage.document_id] for number, passage in passages.items()}


def _read_again(
    store: StoreReader, reading: Reading, passages: Mapping[int, Passage], weights: Weights
) -> dict[int, float]:
    """Return what the tokens of passages and the forms of their sentences say."""
    numbers, nears, forms = zip(*_sentences(store, reading, passages), strict=True)
    near, form = np.concatenate(nears), np.concatenate(forms)
    firsts = np.cumsum([0, *map(len, nears[:-1])])
    nearest = weights.tokens * near + weights.form_of_nearest * form
    said = np.maximum.reduceat(nearest, firsts) + weights.form_of_any * np.maximum.reduceat(
        form, firsts
    )
    return dict(zip(numbers, said.tolist(), strict=True))


def parts(
    store: StoreReader,
    reading: Reading,
    ranking: Sequence[Scored],
    weights: Weights = USUAL,
) -> dict[int, tuple[float, float]]:
    """Return of each passage that is read again its best sentences' form and nearness, 0 to 1."""
    numbers = [scored.number for scored in ranking[: weights.read_again]]
    if not numbers or not len(reading.states):
        return {}
    passages = dict(zip(numbers, store.passages(numbers), strict=True))
    return {
        number: (float(form.max()), float(near.max()))
        for number, near, form in _sentences(store, reading, passages)
    }


def _sentences(
    store: StoreReader, reading: Reading, passages: Mapping[int, Passage]
) -> Iterator[tuple[int, Vectors, Vectors]]:
    """Yield for each passage how near each sentence is, and how far it has the form asked for."""
    form = form_of(reading.query.asked)
    over = _over_tables(store, reading, passages)
    near = units_nearness(store, reading, list(passages), list(passages.values()))
    for (number, passage), nearness in zip(passages.items(), near, strict=True):
        yield number, nearness, form(passage, over.get(number))


def _over_tables(
    store: StoreReader, reading: Reading, passages: Mapping[int, Passage]
) -> dict[int, str]:
    """Return what stands over tables, where a sum is asked for: it may say what is money."""
    if kind_of(reading.query.asked) is not QuestionKind.HOW_MUCH:
        return {}
    tables = [number for number, passage in passages.items() if passage.role is Role.TABLE]
    return dict(zip(tables, store.contexts(tables), strict=True))


def _best_first(scores: Mapping[int, float]) -> list[int]:
    return sorted(scores, key=lambda number: (-scores[number], number))


def _stretched(ranking: Sequence[Scored]) -> list[Scored]:
    """Return the same order with scores from 1 for the first to 0 for the last."""
    if not ranking:
        return []
    best, last = ranking[0].score, ranking[-1].score
    reach = best - last
    return [Scored(s.number, (s.score - last) / reach if reach else 1.0) for s in ranking]
