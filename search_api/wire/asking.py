"""What may be asked over the wire: filters, request bodies, batch lines, and how they are refused.

Like ``schemas`` it knows pydantic and the nouns only; the command line reads its batches with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Annotated, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
)
from pydantic_core import PydanticCustomError

from indexer.dates import bounds
from indexer.errors import UsageError
from indexer.model import Filters, Kind, Role

Value = TypeVar("Value")
Request = TypeVar("Request", bound=BaseModel)


def _as_list(value: object) -> object:
    """Let a caller write one value where several may stand."""
    return [value] if isinstance(value, str) else value


LONGEST_QUESTION = 2000
FURTHEST = 1_000_000
"""The greatest ``offset``: no ranking is read further."""
_LEAP = "(?:[12][0-9](?:0[48]|[2468][048]|[13579][26])|(?:1[26]|2[048])00)"
_DAY = (
    "(?:0[1-9]|1[0-2])-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31"
)
PLAIN_DATE = rf"^(?:[12][0-9]{{3}}(?:-(?:0[1-9]|1[0-2]|2[1-4]|{_DAY}))?|{_LEAP}-02-29)$"
"""A year, a month, a season or a day, as a description can say it; intervals are read, too."""

Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1),
    Field(json_schema_extra={"pattern": r"\S"}),
]
Question = Annotated[
    str,
    Field(
        json_schema_extra={
            "pattern": r"\w",
            "minLength": 1,
            "maxLength": LONGEST_QUESTION,
        }
    ),
]


def _no_boolean(value: object) -> object:
    """Refuse true and false, which Python would count as 1 and 0."""
    if isinstance(value, bool):
        raise PydanticCustomError("int_parsing", "Input should be a whole number")
    return value


def _true_or_false(value: object) -> object:
    """Take true and false, as JSON or as an address writes them, and nothing that is like them."""
    if isinstance(value, bool):
        return value
    if value not in ("true", "false"):
        raise PydanticCustomError("bool_parsing", "Input should be true or false")
    return value == "true"


def _or_none(value: object) -> object:
    """Let a caller write null where nothing is limited."""
    return {} if value is None else value


Name = Annotated[str | int, BeforeValidator(_no_boolean)]
"""The caller's own name for a question."""
Flag = Annotated[bool, BeforeValidator(_true_or_false)]
Count = Annotated[int, BeforeValidator(_no_boolean)]
Date = Annotated[Words, Field(json_schema_extra={"pattern": PLAIN_DATE})]
Names = Annotated[
    tuple[Words, ...], BeforeValidator(_as_list, json_schema_input_type=Words | list[Words])
]
Kinds = Annotated[
    tuple[Kind, ...], BeforeValidator(_as_list, json_schema_input_type=Kind | list[Kind])
]
Roles = Annotated[
    tuple[Role, ...], BeforeValidator(_as_list, json_schema_input_type=Role | list[Role])
]


class Wire(BaseModel):
    """What every model of the wire has in common: nothing unknown, nothing changed later."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        serialize_by_alias=True,
    )


class FiltersJson(Wire):
    """What a search is limited to. Values of one field are alternatives; fields add up."""

    body: Names = Field(
        default=(),
        description="Names of bodies, whole or in part, in any case.",
        examples=[["Leicester City Council"]],
    )
    area: Names = Field(
        default=(),
        description="Areas, whole or in part, in any case.",
        examples=[["Leicester, Leicestershire and Rutland"]],
    )
    committee: Names = Field(
        default=(),
        description="Committees, whole or in part, in any case.",
        examples=[["Health and Wellbeing Board"]],
    )
    kind: Kinds = Field(default=(), description="Kinds of document.", examples=[["minutes"]])
    role: Roles = Field(
        default=(),
        description="Roles of the passage: who speaks, and with what force.",
        examples=[["resolution"]],
    )
    from_: Date | None = Field(
        default=None,
        validation_alias="from",
        serialization_alias="from",
        description="Leave out documents dated before this. EDTF: a year, a month or a day.",
        examples=["2016-05"],
    )
    to: Date | None = Field(
        default=None,
        description="Leave out documents dated after this. EDTF: a year, a month or a day.",
        examples=["2016-12-31"],
    )
    as_of: Date | None = Field(
        default=None,
        description="Answer as the record stood at this date: leave out what was said later. EDTF.",
        examples=["2016-09-13"],
    )


class SearchRequest(FiltersJson):
    """A question, how many passages are wanted, and what the search is limited to."""

    q: Question = Field(
        description="The question, in plain words; at most 2,000 characters.",
        examples=["What was agreed about the Sustainability and Transformation Plan?"],
    )
    k: Count = Field(
        default=10, ge=1, le=100, description="How many passages to return.", examples=[10]
    )
    offset: Count = Field(
        default=0,
        ge=0,
        le=FURTHEST,
        description="How many of the best passages to pass over.",
        examples=[0],
    )
    explain: Flag = Field(
        default=False, description="Say how the ranking was reached.", examples=[False]
    )


class AnswerRequest(FiltersJson):
    """A question to be answered in the record's words, and what to look in."""

    q: Question = Field(
        description="The question, in plain words; at most 2,000 characters.",
        examples=["When will the plan be approved?"],
    )
    k: Count = Field(
        default=10, ge=1, le=100, description="How many of the passages to show.", examples=[10]
    )
    compose: Flag = Field(
        default=False,
        description="Have the server's language model put the quotations into sentences, too; "
        "a conflict (409) where it has none.",
        examples=[False],
    )
    explain: Flag = Field(
        default=False, description="Say how the answer was reached.", examples=[False]
    )


Limits = Annotated[
    FiltersJson, BeforeValidator(_or_none, json_schema_input_type=FiltersJson | None)
]


class BatchLine(Wire):
    """One line of a batch: a question with the name that its answer shall carry."""

    id: Name = Field(description="Your name for the question.", examples=["q1"])
    question: Question = Field(description="The question; at most 2,000 characters.")
    filters: Limits = Field(default=FiltersJson(), description="What to look in.")
    as_of: Date | None = Field(
        default=None, description="The same as `as_of` among the filters. EDTF."
    )


def filters_from(asked: FiltersJson, as_of: str | None = None) -> Filters:
    """Turn the wire's filters into the noun. Raises UsageError for a date that is none."""
    if as_of and asked.as_of and as_of != asked.as_of:
        raise UsageError(
            f"“as_of” is given twice and differs: {as_of} and {asked.as_of}.", "Give it once."
        )
    wanted = Filters(
        body=asked.body,
        area=asked.area,
        committee=asked.committee,
        kind=asked.kind,
        role=asked.role,
        start=asked.from_,
        end=asked.to,
        as_of=as_of or asked.as_of,
    )
    for name, value in (("from", wanted.start), ("to", wanted.end), ("as_of", wanted.as_of)):
        _check_date(name, value)
    return wanted


def merged(usual: Filters, own: Filters) -> Filters:
    """Return a question's own filters, and the usual ones for the fields that it leaves open."""
    return Filters(
        body=own.body or usual.body,
        area=own.area or usual.area,
        committee=own.committee or usual.committee,
        kind=own.kind or usual.kind,
        role=own.role or usual.role,
        start=own.start or usual.start,
        end=own.end or usual.end,
        as_of=own.as_of or usual.as_of,
    )


def _check_date(name: str, value: str | None) -> None:
    if value is None:
        return
    try:
        first, last = bounds(value)
    except UsageError as error:
        raise UsageError(
            f"The date for “{name}” cannot be read. {error.what}", error.remedy
        ) from error
    if first > last:
        raise UsageError(f"The interval for “{name}” ends before it begins.", "Turn it round.")


def batch_line(line: str) -> BatchLine:
    """Read one line of a batch. Raises UsageError that says what to mend."""
    return parsed(BatchLine, line)


def parsed(model: type[Request], text: str) -> Request:
    """Read JSON as ``model``. Raises UsageError that says what to mend."""
    try:
        return model.model_validate_json(text)
    except ValidationError as error:
        raise refusal(model, error) from error


def refusal(model: type[BaseModel], error: ValidationError) -> UsageError:
    """Say in plain words what is wrong with a request that ``model`` refused."""
    found = error.errors()
    faults = [fault(tuple(one["loc"]), one["type"], one["msg"]) for one in found]
    unknown = [tuple(one["loc"]) for one in found if one["type"] in _OF_NAMES]
    within = bool(unknown) and all(place[:1] == ("filters",) and place[1:] for place in unknown)
    names = names_of(FiltersJson if within else model)
    return UsageError("; ".join(faults) + ".", names_remedy([one["type"] for one in found], names))


_OF_NAMES = {
    "extra_forbidden", "missing", "json_invalid", "model_type", "model_attributes_type",
    "dict_type",
}  # fmt: skip
"""The kinds of fault that are mended by knowing the names."""


def names_remedy(kinds: Iterable[str], names: Sequence[str]) -> str:
    """Say what to do about faults of pydantic's ``kinds``: names are told where one is wrong."""
    if _OF_NAMES.isdisjoint(kinds):
        return "Change that, and ask again."
    return f"The names are: {', '.join(names)}." if names else "Leave it out."


def fault(place: Sequence[str | int], kind: str, message: str) -> str:
    """Say one fault that pydantic found, by the name that the caller wrote."""
    name = ".".join(part for part in place if isinstance(part, str))
    if kind == "json_invalid":
        return f"This is not JSON: {message.removeprefix('Invalid JSON: ')}"
    if not name:
        return "The request must be a JSON object, sent as application/json"
    if kind in _PLAIN_FAULTS:
        return f"“{name}” {_PLAIN_FAULTS[kind]}"
    if message.startswith("Input should be "):
        return f"“{name}” must be {message.removeprefix('Input should be ')}"
    return f"“{name}”: {message[:1].lower()}{message[1:]}"


_PLAIN_FAULTS = {
    "extra_forbidden": "is not known here",
    "missing": "is missing",
    "string_too_short": "is empty",
    "int_parsing": "must be a whole number",
    "string_type": "must be text",
}


def names_of(model: type[BaseModel]) -> list[str]:
    """Return the names that a request may use, as the caller writes them."""
    return [str(field.validation_alias or name) for name, field in model.model_fields.items()]
