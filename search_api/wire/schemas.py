"""From the nouns to the wire: pure functions that fill the shapes of ``wire``.

The API and the command line's ``--json`` both speak through here. No web framework is imported.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from functools import lru_cache

from pydantic import BaseModel

from indexer.errors import MinutebookError
from indexer.model import Acronym, BuildInfo, Document, Filters, Part, Passage, Span
from indexer.relative import dates_in
from indexer.store.facets import Facet, Facets
from search_api.results import Answer, Citation, Composed, Hit, SearchResult, Version
from search_api.wire.asking import (
    AnswerRequest,
    BatchLine,
    FiltersJson,
    SearchRequest,
    batch_line,
    filters_from,
)
from search_api.wire.composed import ComposedJson, ComposedSentenceJson
from search_api.wire.document import DocumentJson, PartJson, PlaceJson, SuccessorJson
from search_api.wire.responses import (
    AcronymJson,
    AnswerResponse,
    BatchError,
    CitationJson,
    DateJson,
    DocumentsResponse,
    FacetJson,
    HitJson,
    HitPartJson,
    IndexJson,
    PassageJson,
    PassageResponse,
    RepeatJson,
    SearchResponse,
    SkippedJson,
    TextResponse,
    VersionJson,
)
from search_api.wire.schemas_how import (
    confidence_json,
    corrections_json,
    explanation_json,
    understood_json,
)

__all__ = [
    "AnswerRequest",
    "AnswerResponse",
    "BatchError",
    "BatchLine",
    "DocumentJson",
    "DocumentsResponse",
    "FiltersJson",
    "IndexJson",
    "PassageResponse",
    "SearchRequest",
    "SearchResponse",
    "TextResponse",
    "answer_response",
    "batch_error",
    "batch_line",
    "document_response",
    "documents_response",
    "filters_from",
    "filters_json",
    "index_response",
    "link_to",
    "page_numbers",
    "passage_response",
    "search_response",
    "text_response",
    "with_id",
]

_DOCUMENTS_KEPT = 512


def search_response(result: SearchResult, facets: Facets | None = None) -> SearchResponse:
    """Say a search's result, with the counts that were asked for."""
    return SearchResponse(
        query=result.query,
        hits=_hits(result.hits),
        total=result.total,
        facets=_facets(facets) if facets else None,
        acronyms=_acronyms(result.acronyms),
        corrections=corrections_json(result.corrections),
        reranker=result.reranker,
        filters=filters_json(result.filters),
        index=index_response(result.index),
        took_ms=round(result.took_ms, 3),
        explanation=explanation_json(result.explanation),
    )


def answer_response(answer: Answer) -> AnswerResponse:
    """Say an answer, or a refusal with the nearest passages."""
    result = answer.result
    return AnswerResponse(
        question=answer.question,
        status=answer.status,
        answer=answer.answer,
        reason=answer.reason,
        as_of=result.filters.as_of,
        citations=[_citation(citation) for citation in answer.citations],
        timeline=[_version(version) for version in answer.timeline],
        elsewhere=[_citation(citation) for citation in answer.elsewhere],
        confidence=confidence_json(answer.confidence),
        understood=understood_json(answer.understood),
        explanation=explanation_json(answer.explanation),
        hits=_hits(result.hits),
        acronyms=_acronyms(result.acronyms),
        corrections=corrections_json(result.corrections),
        reranker=result.reranker,
        filters=filters_json(result.filters),
        index=index_response(result.index),
        score=round(answer.score, 4),
        took_ms=round(answer.took_ms, 3),
        composed=_composed(answer.composed),
    )


@lru_cache(maxsize=_DOCUMENTS_KEPT)
def document_response(document: Document) -> DocumentJson:
    """Say what is known of one document, to be shared and not changed."""
    return DocumentJson(
        id=document.id,
        title=document.title,
        body=document.body,
        committee=document.committee,
        area=document.area,
        kind=document.kind,
        status=document.status,
        date=document.date.edtf,
        date_basis=document.date.basis,
        published=document.published.edtf,
        published_basis=document.published.basis,
        approved=document.approved.edtf,
        approved_basis=document.approved.basis,
        succeeded_by=[
            SuccessorJson(body=after.body, since=after.since) for after in document.successors
        ],
        file=document.file,
        media_type=document.media_type,
        pages=document.pages,
        source_url=document.source_url,
        sha256=document.sha256,
        duplicates=list(document.duplicates),
        warnings=list(document.warnings),
        inferred=list(document.inferred),
        part=_part(document.part),
        also_in=[
            PlaceJson(file=place.file, sha256=place.sha256, pages=list(place.pages))
            for place in document.also_in
        ],
        bases=dict(document.bases),
    )


def documents_response(
    documents: Sequence[Document],
    info: BuildInfo,
    filters: Filters = Filters(),
    *,
    total: int | None = None,
    after: str | None = None,
) -> DocumentsResponse:
    """Say which documents the filters leave, and which files no search can find.

    They may be a page of ``total``; ``after`` is then the cursor of the next.
    """
    return DocumentsResponse(
        documents=[document_response(document) for document in documents],
        total=len(documents) if total is None else total,
        next=after,
        skipped=[
            SkippedJson(file=lost.file, reason=lost.reason, remedy=lost.remedy)
            for lost in info.skipped
        ],
        filters=filters_json(filters),
        index=index_response(info),
    )


def text_response(document: Document, text: str, info: BuildInfo) -> TextResponse:
    """Say a document's whole text."""
    return TextResponse(id=document.id, text=text, index=index_response(info))


def passage_response(passage: Passage, document: Document, info: BuildInfo) -> PassageResponse:
    """Say one passage and the document that it stands in."""
    return PassageResponse(
        passage=_passage(passage),
        dates=_dates(passage.text, passage.span.start, document),
        document=document_response(document),
        link=link_to(document.id, passage.span),
        index=index_response(info),
    )


def index_response(info: BuildInfo) -> IndexJson:
    """Say which build answers."""
    return IndexJson(
        build=info.id, model=info.model.name, documents=info.documents, passages=info.passages
    )


def filters_json(filters: Filters) -> FiltersJson:
    """Say what a search was limited to, in the names that ask for it again."""
    return FiltersJson.model_validate(
        {
            "body": filters.body,
            "area": filters.area,
            "committee": filters.committee,
            "kind": filters.kind,
            "role": filters.role,
            "from": filters.start,
            "to": filters.end,
            "as_of": filters.as_of,
        }
    )


def batch_error(identifier: str | int | None, line: int, error: MinutebookError) -> BatchError:
    """Say why one line of a batch has no answer."""
    return BatchError(id=identifier, line=line, error=error.what, remedy=error.remedy)


def with_id(identifier: str | int, response: BaseModel) -> str:
    """Return one line of JSON for a batch: the question's ``id``, then the response."""
    fields = response.model_dump(mode="json")
    return json.dumps({"id": identifier, **fields}, ensure_ascii=False)


def link_to(document_id: str, span: Span) -> str:
    """Return the address, below the server's, that opens the viewer at a span."""
    return f"/documents/{document_id}?start={span.start}&end={span.end}#quote"


def page_numbers(pages: tuple[int, int]) -> list[int]:
    """Return every page from the first to the last."""
    first, last = pages
    return list(range(first, last + 1))


def _hits(hits: Iterable[Hit]) -> list[HitJson]:
    return [
        HitJson(
            rank=hit.rank,
            score=hit.score,
            passage=_passage(hit.passage),
            document=document_response(hit.document),
            link=link_to(hit.document.id, hit.passage.span),
            parts=[
                HitPartJson(id=part.id, role=part.role, start=part.span.start, end=part.span.end)
                for part in hit.passages
            ],
            repeats=[
                RepeatJson(
                    passage=_passage(repeat.passage),
                    document=document_response(repeat.document),
                    link=link_to(repeat.document.id, repeat.passage.span),
                )
                for repeat in hit.repeats
            ],
        )
        for hit in hits
    ]


def _facets(facets: Facets) -> dict[Facet, list[FacetJson]]:
    return {
        facet: [
            FacetJson(value=each.value, passages=each.passages, documents=each.documents)
            for each in counts
        ]
        for facet, counts in facets.items()
    }


def _part(part: Part | None) -> PartJson | None:
    return PartJson(title=part.title, pages=list(part.pages), of=part.of) if part else None


def _passage(passage: Passage) -> PassageJson:
    return PassageJson(
        id=passage.id,
        document_id=passage.document_id,
        text=passage.text,
        role=passage.role,
        section=list(passage.section),
        pages=page_numbers(passage.pages),
        start=passage.span.start,
        end=passage.span.end,
        ocr=passage.ocr,
    )


def _dates(text: str, start: int, document: Document) -> list[DateJson]:
    """Say the dates of a text that begins at ``start`` of its document."""
    return [
        DateJson(
            edtf=mention.edtf,
            words=mention.span.of(text),
            start=start + mention.span.start,
            end=start + mention.span.end,
            basis=mention.basis,
        )
        for mention in dates_in(text, document.date.edtf)
    ]


def _citation(citation: Citation) -> CitationJson:
    return CitationJson(
        n=citation.n,
        document=document_response(citation.document),
        passage_id=citation.passage_id,
        pages=page_numbers(citation.pages),
        start=citation.span.start,
        end=citation.span.end,
        quote=citation.quote,
        dates=_dates(citation.quote, citation.span.start, citation.document),
        role=citation.role,
        lead_in=citation.lead_in,
        ocr=citation.ocr,
        link=link_to(citation.document.id, citation.span),
    )


def _version(version: Version) -> VersionJson:
    return VersionJson(
        date=version.date.edtf,
        date_basis=version.date.basis,
        body=version.body,
        statement=version.statement,
        citation=version.citation,
        superseded=version.superseded,
        role=version.role,
        citations=list(version.citations) or [version.citation],
    )


def _composed(composed: Composed | None) -> ComposedJson | None:
    if composed is None:
        return None
    return ComposedJson(
        text=composed.text,
        model=composed.model,
        sentences=[
            ComposedSentenceJson(text=one.text, citations=list(one.citations))
            for one in composed.sentences
        ],
        removed=composed.removed,
    )


def _acronyms(acronyms: Iterable[Acronym]) -> list[AcronymJson]:
    return [
        AcronymJson(
            short=acronym.short,
            long=acronym.long,
            document_id=acronym.document_id,
            body=acronym.body,
        )
        for acronym in acronyms
    ]
