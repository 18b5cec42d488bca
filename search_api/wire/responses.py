"""The shapes of what the API and ``--json`` say; their names are a promise to scripts.

It imports pydantic and the nouns, never a web framework. ``schemas`` fills these shapes.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from indexer.model import Role
from indexer.store.facets import Facet
from search_api.results import AnswerStatus
from search_api.wire.asking import FiltersJson, Wire
from search_api.wire.composed import ComposedJson
from search_api.wire.document import DocumentJson
from search_api.wire.how import ConfidenceJson, CorrectionJson, ExplanationJson, UnderstoodJson


class IndexJson(Wire):
    """The build that answered."""

    build: str = Field(description="The build's identifier.", examples=["3f9a1c20d4e5"])
    model: str = Field(description="The embedding model's name.", examples=["all-MiniLM-L6-v2"])
    documents: int = Field(description="How many documents it holds.", examples=[5])
    passages: int = Field(description="How many passages it holds.", examples=[240])


class DateJson(Wire):
    """A date that a text mentions, or one that follows from when the text was said."""

    edtf: str = Field(description="The date in EDTF.", examples=["2016-23"])
    words: str = Field(description="The words that give it.", examples=["late autumn"])
    start: int = Field(
        description="First character: Unicode code points of the document's text, from 0.",
        examples=[1090],
    )
    end: int = Field(description="One past the last character, in code points.", examples=[1101])
    basis: str = Field(
        description="`stated`, or how it follows from the document's date.",
        examples=["from “late autumn”, said 2016-06"],
    )


class PassageJson(Wire):
    """A contiguous span of one document's text."""

    id: str = Field(description="Stable while the document's content is.", examples=["p5c1e08"])
    document_id: str = Field(description="The document's id.", examples=["d2e54ae69ca01ee5"])
    text: str = Field(
        description="The words, as in the document.", examples=["AGREED: that the plan be noted."]
    )
    role: Role = Field(description="Who speaks, and with what force.", examples=["resolution"])
    section: list[str] = Field(
        description="Headings above it, outermost first.", examples=[["Minutes", "12. STP"]]
    )
    pages: list[int] = Field(
        description="Every page it stands on, counted from 1 in the file.", examples=[[3, 4]]
    )
    start: int = Field(
        description="First character: Unicode code points of the document's text, from 0.",
        examples=[1041],
    )
    end: int = Field(description="One past the last character, in code points.", examples=[1310])
    ocr: float | None = Field(
        default=None,
        description="Where it was read from a picture (OCR): how sure the least sure of its pages "
        "is, from 0 to 1; null for text. Check such a quotation against the page.",
        examples=[0.87],
    )


class RepeatJson(Wire):
    """A passage that says the very words of a hit, elsewhere."""

    passage: PassageJson = Field(description="The passage.")
    document: DocumentJson = Field(description="The document that it stands in.")
    link: str = Field(
        description="Opens the viewer at the passage, below this server's address.",
        examples=["/documents/d2e54ae69ca01ee5?start=1041&end=1310#quote"],
    )


class HitPartJson(Wire):
    """One of the passages that a hit is made of."""

    id: str = Field(
        description="Identifier of the passage.", examples=["d2e54ae69ca01ee5-1041-1310"]
    )
    role: Role = Field(description="Its role, of which it alone is.", examples=["response"])
    start: int = Field(description="First code point, in the document's text.", examples=[1041])
    end: int = Field(description="The code point after its last.", examples=[1310])


class HitJson(Wire):
    """A passage in its place in the ranking, with what follows it in its section."""

    rank: int = Field(description="Place in the ranking, from 1.", examples=[1])
    score: float = Field(
        description="Greater is better; to be compared within one search only.", examples=[0.83]
    )
    passage: PassageJson = Field(
        description="What is shown: the passage that was found and, up to 800 characters, those "
        "that follow it in its section. Its role is that of the first."
    )
    document: DocumentJson = Field(description="The document that it stands in.")
    link: str = Field(
        description="Opens the viewer at the passage, below this server's address.",
        examples=["/documents/d2e54ae69ca01ee5?start=1041&end=1310#quote"],
    )
    parts: list[HitPartJson] = Field(
        description="The passages that it is made of, in order: the one that was found first."
    )
    repeats: list[RepeatJson] = Field(
        description="Lower ranked passages of the very same words, which are no hits of their own."
    )


class AcronymJson(Wire):
    """A short form and a meaning that a document itself gives it."""

    short: str = Field(description="The short form.", examples=["STP"])
    long: str = Field(
        description="The meaning.", examples=["Sustainability and Transformation Plan"]
    )
    document_id: str = Field(
        description="The document that says so.", examples=["d2e54ae69ca01ee5"]
    )
    body: str | None = Field(
        description="The body whose document says so.", examples=["Leicester City Council"]
    )


class FacetJson(Wire):
    """How many passages and documents have one value."""

    value: str | None = Field(
        description="The value; null where it is not known.", examples=["Leicester City Council"]
    )
    passages: int = Field(description="How many passages, of those searched.", examples=[120])
    documents: int = Field(description="How many documents they stand in.", examples=[3])


Corrections = Annotated[
    list[CorrectionJson],
    Field(description="Words that no document holds, and what was searched for instead."),
]
RerankerName = Annotated[
    str | None,
    Field(
        description="The cross-encoder that read the first passages again, with the first digits "
        "of its weights' SHA-256; null where none is set up.",
        examples=[None],
    ),
]


class SearchResponse(Wire):
    """Ranked passages."""

    query: str = Field(description="The question as it was put.", examples=["What is the plan?"])
    hits: list[HitJson] = Field(description="The passages, best first.")
    total: int = Field(description="How many passages the filters leave.", examples=[240])
    facets: dict[Facet, list[FacetJson]] | None = Field(
        default=None,
        description="The counts asked for, each heeding the filters on the other fields, the "
        "greatest first, years as they follow; a document stands under every year it may be of. "
        "Null where none were asked for.",
        examples=[{"kind": [{"value": "minutes", "passages": 120, "documents": 3}]}],
    )
    explanation: ExplanationJson | None = Field(
        default=None,
        description="How it was reached, where `explain` was asked for.",
        examples=[None],
    )
    acronyms: list[AcronymJson] = Field(description="Short forms that played a part.")
    corrections: Corrections = Field(default=[])
    reranker: RerankerName = None
    filters: FiltersJson = Field(description="What the search was limited to.")
    index: IndexJson = Field(description="The build that answered.")
    took_ms: float = Field(description="Time taken, in milliseconds.", examples=[8.4])


class CitationJson(Wire):
    """A quotation and where it stands: the document's text from start to end is the quote."""

    n: int = Field(description="Number within the answer, from 1.", examples=[1])
    document: DocumentJson = Field(description="The document quoted.")
    passage_id: str = Field(description="The passage it was found in.", examples=["p5c1e08"])
    pages: list[int] = Field(
        description="Every page it stands on, counted from 1 in the file.", examples=[[3]]
    )
    start: int = Field(
        description="First character: Unicode code points of the document's text, from 0.",
        examples=[1041],
    )
    end: int = Field(description="One past the last character, in code points.", examples=[1102])
    quote: str = Field(
        description="The record's words, exactly.", examples=["AGREED: that the plan be noted."]
    )
    dates: list[DateJson] = Field(description="The dates that the quote mentions, in order.")
    role: Role = Field(description="Who speaks, and with what force.", examples=["resolution"])
    lead_in: str | None = Field(
        description="The words that introduce the list the quote is an item of; they stand "
        "elsewhere in the same document.",
        examples=["The Commission agreed:"],
    )
    ocr: float | None = Field(
        default=None,
        description="Where it was read from a picture (OCR): how sure the least sure of its pages "
        "is, from 0 to 1; null for text. Check such a quotation against the page.",
        examples=[0.87],
    )
    link: str = Field(
        description="Opens the viewer at the quote, below this server's address.",
        examples=["/documents/d2e54ae69ca01ee5?start=1041&end=1102#quote"],
    )


class VersionJson(Wire):
    """What one document says of the matter, as it stood on its date."""

    date: str | None = Field(description="EDTF; null where unknown.", examples=["2016-09-13"])
    date_basis: str = Field(description="How the date is known.", examples=["manifest"])
    body: str | None = Field(description="Who says so.", examples=["Leicester City Council"])
    statement: str = Field(description="What it says.", examples=["Approval in late autumn."])
    citation: int = Field(description="The `n` of the citation that proves it.", examples=[1])
    superseded: bool = Field(
        description="Whether a later statement takes its place.", examples=[False]
    )
    role: Role = Field(description="Who speaks, and with what force.", examples=["response"])
    citations: list[int] = Field(
        description="The citations of every document that says the same, newest first.",
        examples=[[1, 4]],
    )


class AnswerResponse(Wire):
    """The record's own words in answer to a question, or a refusal with the nearest passages."""

    question: str = Field(description="The question.", examples=["When will it be approved?"])
    status: AnswerStatus = Field(
        description="`answered`; `changed`: the record changed over time, see the timeline; "
        "`disputed`: bodies differ at the same time; `not_found`: the documents do not say.",
        examples=["answered"],
    )
    answer: str | None = Field(
        description="What a person would read out, at most 600 characters; null if not found.",
        examples=["It was expected the STP would not be finally approved until late autumn."],
    )
    reason: str | None = Field(
        description="Why the record was found not to say, in plain words; null otherwise.",
        examples=[None],
    )
    as_of: str | None = Field(
        description="The date as of which it was answered, in EDTF; null for today.",
        examples=["2016-09-13"],
    )
    citations: list[CitationJson] = Field(description="The quotations that prove the answer.")
    timeline: list[VersionJson] = Field(
        description="The versions over time, newest first: one where the record did not change."
    )
    elsewhere: list[CitationJson] = Field(
        default=[],
        description="What other meetings said of the same matter, newest first, numbered on from "
        "the citations: to be read beside the answer, and no part of it.",
        examples=[[]],
    )
    confidence: ConfidenceJson | None = Field(
        description="How far it can be relied on, and why; null if not found.", examples=[None]
    )
    understood: UnderstoodJson | None = Field(
        description="What the question was taken for.",
        examples=[{"kind": "when", "question": "When will it be approved?", "time": None}],
    )
    explanation: ExplanationJson | None = Field(
        default=None,
        description="How it was reached, where `explain` was asked for.",
        examples=[None],
    )
    hits: list[HitJson] = Field(description="The nearest passages, best first.")
    acronyms: list[AcronymJson] = Field(description="Short forms that played a part.")
    corrections: Corrections = Field(default=[])
    reranker: RerankerName = None
    filters: FiltersJson = Field(description="What the search was limited to.")
    index: IndexJson = Field(description="The build that answered.")
    score: float = Field(
        description="Puts answers in the order of how sure they are: from 2 well supported, from "
        "1 single source or disputed, from 0 weakly supported, below 0 not found. It is not a "
        "probability.",
        examples=[1.17],
    )
    composed: ComposedJson | None = Field(
        default=None,
        description="The same in a language model's words, where `compose` asked for it and what "
        "the model wrote stood the check against the quotations; null otherwise.",
        examples=[None],
    )
    took_ms: float = Field(description="Time taken, in milliseconds.", examples=[21.7])


class SkippedJson(Wire):
    """A file of the corpus that is not in the index."""

    file: str = Field(description="The path below the corpus folder.", examples=["scan.pdf"])
    reason: str = Field(description="Why it is not.", examples=["It holds pictures only."])
    remedy: str = Field(description="What can be done.", examples=["Run text recognition on it."])


class DocumentsResponse(Wire):
    """The documents that the filters leave, in the order asked for, a page at a time."""

    documents: list[DocumentJson] = Field(description="The documents of this page.")
    total: int = Field(description="How many there are on all pages.", examples=[5])
    next: str | None = Field(
        default=None,
        description="The `cursor` of the next page; null where there is none.",
        examples=["WyIzZjlhIiwiYS50eHQiLDAsImQyIl0"],
    )
    skipped: list[SkippedJson] = Field(
        description="Files of the corpus that could not be read, whatever the filters."
    )
    filters: FiltersJson = Field(description="What the list was limited to.")
    index: IndexJson = Field(description="The build that answered.")


class TextResponse(Wire):
    """A document's whole text: the coordinate system of every `start` and `end`."""

    id: str = Field(description="The document's id.", examples=["d2e54ae69ca01ee5"])
    text: str = Field(description="The whole normalised text.", examples=["Agenda item ..."])
    index: IndexJson = Field(description="The build that answered.")


class PassageResponse(Wire):
    """One passage with its document."""

    passage: PassageJson = Field(description="The passage.")
    dates: list[DateJson] = Field(description="The dates that it mentions, in order.")
    document: DocumentJson = Field(description="The document that it stands in.")
    link: str = Field(
        description="Opens the viewer at the passage.", examples=["/documents/d2e5?start=1&end=9"]
    )
    index: IndexJson = Field(description="The build that answered.")


class BatchError(Wire):
    """The line that a batch gives in place of an answer."""

    id: str | int | None = Field(description="The question's id; null where none was read.")
    line: int = Field(description="The line's number in the input, from 1.", examples=[3])
    error: str = Field(description="What happened.", examples=["“question” is missing."])
    remedy: str = Field(description="What to do next.", examples=["Give a question."])
