"""The shapes that say how sure an answer is, what was understood, and how a result was reached."""

from __future__ import annotations

from pydantic import Field

from indexer.model import Role
from search_api.results import Level
from search_api.wire.asking import Wire


class ConfidenceJson(Wire):
    """How far an answer can be relied on, in words."""

    level: Level = Field(
        description="`well supported`: nothing else that was found fits as well, or several "
        "documents say it; `single source`: one document says it, and something holds it back; "
        "`weakly supported`: a reason for doubt is among the reasons; `disputed`: bodies differ.",
        examples=["single source"],
    )
    reasons: list[str] = Field(
        description="Every reason, each a sentence.",
        examples=[["Only one of the documents found says this."]],
    )


class CorrectionJson(Wire):
    """A word of the question that no document holds, and the one that was searched for instead."""

    written: str = Field(description="The word as it was written.", examples=["conultation"])
    read_as: str = Field(description="The word searched for.", examples=["consultation"])
    sure: bool = Field(
        description="False for a name that was mended for the search alone: whether the record "
        "names what was asked about is judged by the name as it was written.",
        examples=[True],
    )


class AskedTimeJson(Wire):
    """The words of the question that were read as a time, and what was made of them."""

    words: str = Field(description="The question's words.", examples=["As of October 2016"])
    reading: str = Field(
        description="`as_of`: later documents are left out; `said_in`: so they are, and what was "
        "said at that time comes first; `latest`: the newest statement leads; `asked_about`: the "
        "time is part of what is asked, and nothing is left out.",
        examples=["as_of"],
    )
    date: str | None = Field(
        description="The time in EDTF; null for `latest`.", examples=["2016-10"]
    )
    applied: bool = Field(
        description="Whether documents were left out for it. Never where `as_of` was given beside "
        "the question: that wins.",
        examples=[True],
    )


class UnderstoodJson(Wire):
    """What the question was taken for."""

    kind: str = Field(
        description="The kind of answer it wants: `when`, `who`, `how_much`, `how_many`, `where`, "
        "`why`, `list`, `decision`, `action`, `opinion`, `meaning` or `other`.",
        examples=["when"],
    )
    question: str = Field(
        description="The question as it was searched for, without words of time that became a "
        "filter.",
        examples=["When would consultation start?"],
    )
    read_as: str | None = Field(
        description="What was put to the record in its place, where it stood among other words or "
        "asked how a matter stands, which is asked as when it happens; null where it was put as "
        "it is.",
        examples=["When does the consultation start?"],
    )
    time: AskedTimeJson | None = Field(
        description="Its words of time; null where it has none.", examples=[None]
    )


class CandidateJson(Wire):
    """One passage of the ranking, and how it came to its place."""

    rank: int = Field(description="Place in the ranking, from 1.", examples=[1])
    score: float = Field(description="The score that it is ranked by.", examples=[0.91])
    passage_id: str = Field(description="The passage.", examples=["p5c1e08"])
    document_id: str = Field(description="Its document.", examples=["d2e54ae69ca01ee5"])
    title: str = Field(description="The document's title.", examples=["Minutes"])
    role: Role = Field(description="Who speaks.", examples=["report"])
    vector: float | None = Field(
        description="Cosine to the question; null beyond the first of them.", examples=[0.62]
    )
    vector_rank: int | None = Field(description="Its place by that.", examples=[3])
    words: float | None = Field(
        description="BM25 score of the question's words; null beyond the first of them.",
        examples=[11.4],
    )
    words_rank: int | None = Field(description="Its place by that.", examples=[1])
    form: float | None = Field(
        description="How far any of its sentences has the form of an answer; null where it was not "
        "read again.",
        examples=[1.0],
    )
    tokens: float | None = Field(
        description="Late interaction with its best sentence, by tokens.", examples=[0.68]
    )
    outcome: str = Field(description="What became of it, and why.", examples=["shown as passage 1"])


class WeighedJson(Wire):
    """A sentence or list that was weighed as an answer, with the parts of its score."""

    text: str = Field(description="Its words.", examples=["It would start in early 2017."])
    document_id: str = Field(description="Its document.", examples=["d2e54ae69ca01ee5"])
    start: int = Field(description="First character, in code points.", examples=[1041])
    end: int = Field(description="One past the last character.", examples=[1102])
    role: Role = Field(description="Who speaks.", examples=["response"])
    score: float = Field(description="What it is ranked by.", examples=[0.74])
    nearness: float = Field(
        description="How near its words are to the question's, about 0 to 1.", examples=[0.8]
    )
    coverage: float = Field(
        description="The share of the question's words in it and over it.", examples=[0.9]
    )
    fitness: float = Field(
        description="Whether it has the form of an answer: 0 cannot, 1 has.", examples=[1.0]
    )
    given: float = Field(
        description="How surely it gives the time, sum, count or person asked for; else 0.",
        examples=[1.0],
    )
    outcome: str = Field(description="What became of it, and why.", examples=["quotation 1"])


class ExplanationJson(Wire):
    """How a result was reached, step by step."""

    searched_for: str = Field(
        description="The question as the model read it, acronyms spelt out.",
        examples=["When does BCT (Better Care Together) consultation start?"],
    )
    words: str = Field(
        description="The words that were looked for.", examples=["BCT consultation start"]
    )
    acronyms: list[str] = Field(
        description="Short forms and the meanings taken.", examples=[["BCT: Better Care Together"]]
    )
    corrections: list[CorrectionJson] = Field(
        default=[],
        description="Words that no document holds, and what was searched for instead.",
    )
    kind: str | None = Field(
        description="The kind of answer wanted; null for a search.", examples=["when"]
    )
    names: list[str] = Field(
        description="Names and numbers that the record must hold, as word stems.",
        examples=[["bct"]],
    )
    time: str | None = Field(
        description="What its words of time were taken for; null where there are none.",
        examples=["“As of October 2016” was read as: as the record stood at 2016-10."],
    )
    limits: str = Field(
        description="What the filters left.", examples=["All 240 passages were looked through."]
    )
    candidates: list[CandidateJson] = Field(description="The passages found, best first.")
    statements: list[WeighedJson] = Field(
        description="What was weighed as an answer, best first; empty for a search."
    )
    verdict: str = Field(
        description="How it ended.", examples=["The record changed: three versions were found."]
    )
