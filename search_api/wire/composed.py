"""The shape of what a language model wrote, apart from the record's own words in ``wire``."""

from __future__ import annotations

from pydantic import Field

from search_api.wire.asking import Wire


class ComposedSentenceJson(Wire):
    """A sentence that a language model wrote."""

    text: str = Field(
        description="The sentence without its citations.",
        examples=["Permits would cost £45 a year."],
    )
    citations: list[int] = Field(
        description="The `n` of the citations, each of which bears out all of the sentence.",
        examples=[[1]],
    )


class ComposedJson(Wire):
    """What a language model made of the quotations. It is no quotation: cite those."""

    text: str = Field(
        description="All sentences with their citations; where the record changed or bodies "
        "differ, each version on a line with its date (EDTF) and body, newest first.",
        examples=["Permits would cost £45 a year [1]."],
    )
    model: str = Field(description="The model that wrote it.", examples=["llama3.1"])
    sentences: list[ComposedSentenceJson] = Field(description="The sentences, in order.")
    removed: int = Field(
        description="How many sentences were removed: their quotations did not bear them out.",
        examples=[0],
    )
