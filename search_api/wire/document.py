"""The shape of what is known of one document, apart from what was found in it."""

from __future__ import annotations

from pydantic import Field

from indexer.model import Kind, Status
from search_api.wire.asking import Wire


class PartJson(Wire):
    """Where in its file a document stands that is one paper of a pack."""

    title: str = Field(description="The pack's title.", examples=["County Council, reports pack"])
    pages: list[int] = Field(
        description="First and last page in the file, counted from 1.", examples=[[23, 40]]
    )
    of: int = Field(description="How many pages the file has.", examples=[212])


class PlaceJson(Wire):
    """Another place where the document's text stands, word for word."""

    file: str = Field(description="The path below the corpus folder.", examples=["pack.pdf"])
    sha256: str = Field(
        description="SHA-256 of that file, in hexadecimal.", examples=["9f86d081884c7d65"]
    )
    pages: list[int] = Field(
        description="First and last page in that file, counted from 1.", examples=[[23, 40]]
    )


class SuccessorJson(Wire):
    """A body that took the place of the document's."""

    body: str = Field(description="The newer body.", examples=["NHS Kent and Medway ICB"])
    since: str | None = Field(description="Since when, in EDTF.", examples=["2022-07"])


class DocumentJson(Wire):
    """One document: what it is, whose, and its dates, each with how it is known."""

    id: str = Field(
        description="Stable while the file's content is, whatever its name.",
        examples=["d2e54ae69ca01ee5"],
    )
    title: str = Field(description="The title.", examples=["Health and Wellbeing Board, minutes"])
    body: str | None = Field(description="The organisation.", examples=["Leicester City Council"])
    committee: str | None = Field(
        description="The committee that met.", examples=["Health and Wellbeing Board"]
    )
    area: str | None = Field(description="The area it serves.", examples=["Leicester"])
    kind: Kind = Field(description="What sort of document it is.", examples=["minutes"])
    status: Status = Field(
        description="Whether the body approved it as its record.", examples=["approved"]
    )
    date: str | None = Field(
        description="The meeting's date in EDTF (ISO 8601-2); null where unknown.",
        examples=["2016-05/2016-06"],
    )
    date_basis: str = Field(description="How the date is known.", examples=["manifest"])
    published: str | None = Field(
        description="The publication's date in EDTF; null where unknown.", examples=["2016-07"]
    )
    published_basis: str = Field(
        description="How the publication's date is known.", examples=["manifest"]
    )
    approved: str | None = Field(
        description="When the body approved it as its record, in EDTF; null where not stated.",
        examples=["2016-11-08"],
    )
    approved_basis: str = Field(
        description="How the approval's date is known.", examples=["not stated in the document"]
    )
    succeeded_by: list[SuccessorJson] = Field(
        description="The bodies that took the body's place, the nearest first, from the table of "
        "bodies: a filter by any of them finds this document too."
    )
    file: str = Field(
        description="The path below the corpus folder.", examples=["documents/minutes.txt"]
    )
    media_type: str = Field(description="The file's media type.", examples=["text/plain"])
    pages: int = Field(description="How many pages it has; 1 for a page-less file.", examples=[12])
    source_url: str | None = Field(
        description="Where the document was published.", examples=["https://example.org/minutes"]
    )
    sha256: str = Field(
        description="SHA-256 of the file, in hexadecimal.", examples=["9f86d081884c7d65"]
    )
    duplicates: list[str] = Field(
        description="Other files of the same content, or of the same text in other bytes.",
        examples=[["documents/minutes_1.txt"]],
    )
    warnings: list[str] = Field(
        description="What the reader of the file noticed.", examples=[["page 3 has no text"]]
    )
    inferred: list[str] = Field(
        description="Fields read from the document and not stated in a manifest.",
        examples=[["title", "date"]],
    )
    part: PartJson | None = Field(
        description="Set where the file is a pack and the document one paper of it; its pages keep "
        "the numbers that they have in the file. Null otherwise.",
        examples=[None],
    )
    also_in: list[PlaceJson] = Field(
        description="Other places of the same text: files of other bytes, papers of packs.",
        examples=[[]],
    )
    bases: dict[str, str] = Field(
        description="For each inferred field, the dates apart, how it is known.",
        examples=[{"body": "named in the text: “Leicester City Council”"}],
    )
