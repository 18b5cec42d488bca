"""What the API may be asked beyond question and filters: facets, fields, pages of a list, bulk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import (
    BaseModel,
    BeforeValidator,
    Discriminator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    Tag,
)
from pydantic.config import JsonDict
from pydantic_core import core_schema

from indexer.store.facets import Facet
from indexer.store.files import Result
from indexer.store.listing import Sort
from search_api.wire.asking import (
    AnswerRequest,
    Count,
    Date,
    FiltersJson,
    Limits,
    Name,
    Question,
    SearchRequest,
    Wire,
)
from search_api.wire.fields import paths_of
from search_api.wire.files import FilesResponse
from search_api.wire.responses import AnswerResponse, DocumentsResponse, SearchResponse

LONGEST_LIST = 1000
MOST_QUESTIONS = 1000


def _split(value: object) -> object:
    """Let a caller write ``a,b`` where ``a`` and ``b`` may stand."""
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, list):
        return given
    return [
        part for each in given for part in (each.split(",") if isinstance(each, str) else [each])
    ]


def _facets(value: object) -> object:
    """Read ``true`` as every facet, and ``false`` as none."""
    given = _split(value)
    if given is True or given == ["true"]:
        return list(Facet)
    return [] if given is False or given == ["false"] else given


@dataclass(frozen=True, slots=True)
class FieldsOf:
    """The annotation of ``fields``: paths of a response, checked, and listed in the description."""

    response: type[BaseModel]
    example: tuple[str, ...]

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        """Split what is written with commas, then refuse what the response does not have."""
        known = frozenset(paths_of(self.response))

        def check(given: tuple[str, ...]) -> tuple[str, ...]:
            unknown = [path for path in given if path not in known]
            if unknown:
                raise ValueError(f"there is no field {', '.join(unknown)}")
            return given

        listed = core_schema.no_info_after_validator_function(check, handler(source))
        return core_schema.no_info_before_validator_function(_split, listed)

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Describe it as one path or a list of paths."""
        one: dict[str, Any] = {"type": "string", "enum": paths_of(self.response)}
        many = {"type": "array", "items": one}
        return {"anyOf": [one, many], "examples": [list(self.example)]}


_FIELDS = "The fields wanted, repeated or with commas between them; `index` always comes. All, if "
_FIELDS += "left out."
Facets = Annotated[
    tuple[Facet, ...],
    BeforeValidator(_facets, json_schema_input_type=bool | Facet | list[Facet]),
]


class SearchParameters(SearchRequest):
    """A question, how many passages are wanted, what the search is limited to, what is shown."""

    facets: Facets = Field(
        default=(),
        description="What to count passages and documents by: `true` for all, or names, repeated "
        "or with commas between them. Each facet heeds the filters on the other fields.",
        examples=[["body", "year"]],
    )
    fields: Annotated[
        tuple[str, ...], FieldsOf(SearchResponse, ("hits.passage.text", "hits.link"))
    ] = Field(default=(), description=_FIELDS)


class AnswerParameters(AnswerRequest):
    """A question to be answered in the record's words, what to look in, what is shown."""

    fields: Annotated[
        tuple[str, ...], FieldsOf(AnswerResponse, ("status", "answer", "citations.quote"))
    ] = Field(default=(), description=_FIELDS)


class DocumentsParameters(FiltersJson):
    """Which documents to list, in what order, and how many at a time."""

    sort: Sort = Field(
        default=Sort.FILE,
        description="`file`: by path; `date`: the oldest meeting first; `-date`: the newest first; "
        "`title`. Undated documents come last. Equal ones stand in the order of their files.",
        examples=["-date"],
    )
    limit: Count = Field(
        default=LONGEST_LIST,
        ge=1,
        le=LONGEST_LIST,
        description="How many documents to return at most.",
        examples=[100],
    )
    cursor: str | None = Field(
        default=None,
        description="Where to go on: the `next` of the page before, with the same filters and "
        "`sort`.",
        examples=[None],
    )
    fields: Annotated[
        tuple[str, ...], FieldsOf(DocumentsResponse, ("documents.id", "documents.title"))
    ] = Field(default=(), description=_FIELDS)


class FilesParameters(Wire):
    """Which files of the corpus to list, and how many at a time."""

    outcome: tuple[Result, ...] = Field(
        default=(), description="What became of them; all, if left out.", examples=[["skipped"]]
    )
    file: str = Field(default="", description="A part of the path, in any case.", examples=["scan"])
    limit: Count = Field(
        default=LONGEST_LIST,
        ge=1,
        le=LONGEST_LIST,
        description="How many files to return at most.",
        examples=[100],
    )
    cursor: str | None = Field(
        default=None,
        description="Where to go on: the `next` of the page before, with the same `outcome` and "
        "`file`.",
        examples=[None],
    )
    fields: Annotated[tuple[str, ...], FieldsOf(FilesResponse, ("files.file", "files.outcome"))] = (
        Field(default=(), description=_FIELDS)
    )


class BulkQuestion(Wire):
    """One of many questions, with what it alone is limited to."""

    id: Name | None = Field(
        default=None,
        description="Your name for the question; its place, counted from 1, if left out.",
        examples=["q1"],
    )
    question: Question = Field(
        description="The question; at most 2,000 characters.",
        examples=["When will the plan be approved?"],
    )
    filters: Limits = Field(
        default=FiltersJson(),
        description="What to look in; a field that it names takes the place of the request's own.",
        examples=[{"kind": ["minutes"]}],
    )
    as_of: Date | None = Field(
        default=None,
        description="The same as `as_of` among the filters. EDTF.",
        examples=["2016-09-13"],
    )


_ITEM: JsonDict = {
    "anyOf": [
        {"type": "string", "description": "A question."},
        {"$ref": "#/components/schemas/BulkQuestion"},
        {"description": "Anything else gets a line that says what to mend."},
    ]
}


class BulkRequest(FiltersJson):
    """Many questions; each gets a line of its own, in their order."""

    questions: list[Any] = Field(
        min_length=1,
        max_length=MOST_QUESTIONS,
        description="The questions, 1,000 at most: a text, or an object with `question` and, if "
        "wanted, `id`, `filters` and `as_of`.",
        examples=[["Who chairs the board?", {"id": "q2", "question": "When does it meet?"}]],
        json_schema_extra={"items": _ITEM},
    )
    k: Count = Field(
        default=10, ge=1, le=100, description="How many of the passages to show.", examples=[3]
    )
    fields: Annotated[
        tuple[str, ...], FieldsOf(AnswerResponse, ("status", "answer", "citations.quote"))
    ] = Field(default=(), description=_FIELDS)


ONE, MANY = "one", "many"


def _how_many(asked: object) -> str:
    if isinstance(asked, BulkRequest):
        return MANY
    return MANY if isinstance(asked, dict) and "questions" in asked else ONE


OneOrMany = Annotated[
    Annotated[AnswerParameters, Tag(ONE)] | Annotated[BulkRequest, Tag(MANY)],
    Discriminator(_how_many),
]
