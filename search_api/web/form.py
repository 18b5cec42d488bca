"""What a person filled in: blanks mean nothing, and dates may be typed as people write them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from pydantic import Field, ValidationError
from starlette.datastructures import QueryParams

from indexer.dates import bounds
from indexer.errors import UsageError
from indexer.model import Document, Filters, Kind, Role
from indexer.store.listing import Sort
from search_api.web.plain_dates import read_date
from search_api.web.words import FIELDS, KINDS, ROLES, SORTS, dated, limits
from search_api.wire.asking import FiltersJson, SearchRequest, filters_from, names_of, refusal

_DATES = ("from", "to", "as_of")
_FILTERS = tuple(names_of(FiltersJson))
_SINGLE = ("q", "k", "offset", "sort", *_DATES)
PAGE_LENGTH = 10
_MOST_OPTIONS = 30
"""A longer list of names is not offered to be ticked: a part of a name can be typed."""

_KIND_OPTIONS = tuple((kind.value, words) for kind, words in KINDS.items())

Asked = TypeVar("Asked", bound=FiltersJson)


@dataclass(frozen=True, slots=True)
class Choices:
    """What the documents at hand give to choose from: value and words of each option."""

    body: tuple[tuple[str, str], ...] = ()
    area: tuple[tuple[str, str], ...] = ()
    committee: tuple[tuple[str, str], ...] = ()
    kind: tuple[tuple[str, str], ...] = ()
    role: tuple[tuple[str, str], ...] = tuple((role.value, ROLES[role]) for role in Role)


@dataclass(frozen=True, slots=True)
class Chip:
    """One limit in words, and the address of the same question without it."""

    words: str
    without: str


@dataclass(frozen=True, slots=True)
class Form:
    """The form as it is shown again: what was typed, and what it means."""

    typed: dict[str, list[str]]
    question: str = ""
    k: int = PAGE_LENGTH
    offset: int = 0
    filters: Filters = Filters()
    sort: Sort = Sort.FILE

    def value(self, name: str) -> str:
        """Return what was typed into a field, or nothing."""
        return self.typed.get(name, [""])[-1]

    def values(self, name: str) -> list[str]:
        """Return all that was chosen for a field."""
        return self.typed.get(name, [])

    def fault(self, name: str) -> str:
        """Say what is wrong with a date that was typed; nothing where it can be read."""
        try:
            read_date(self.value(name) or "2000")
        except UsageError as error:
            return error.what
        return ""

    @property
    def limits(self) -> list[str]:
        """Say what the search is limited to, in words."""
        return limits(self.filters)

    def chips(self, path: str) -> list[Chip]:
        """Return the limits one by one, each to be taken away by a link."""
        found = []
        for name in _FILTERS:
            for value in self.values(name):
                rest = tuple(other for other in self.values(name) if other != value)
                fields = {**self.typed, name: list(rest)}
                fields.pop("offset", None)
                words = said(name, value)
                found.append(Chip(words, f"{path}?{urlencode(fields, doseq=True)}"))
        return found

    def offered(self, name: str, options: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """Return what can be ticked: a short list whole, of a long one what was chosen."""
        known = dict(options)
        chosen = [(value, known.get(value, value)) for value in self.values(name)]
        if is_long(options):
            return chosen
        return [*options, *(one for one in chosen if one[0] not in known)]

    def address(self, path: str, **changes: str | int) -> str:
        """Return the address of the same question elsewhere, with some fields changed."""
        fields = {name: values for name, values in self.typed.items() if name not in changes}
        changed = {name: [str(value)] for name, value in changes.items() if value != ""}
        return f"{path}?{urlencode({**fields, **changed}, doseq=True)}"

    @property
    def narrowed(self) -> bool:
        """Say whether any filter is filled in, rightly or wrongly."""
        return any(name in self.typed for name in _FILTERS)

    def own_choices(self) -> Choices:
        """Offer what was chosen already, where no index tells what else there is."""
        return Choices(
            body=_options(self.values("body")),
            area=_options(self.values("area")),
            committee=_options(self.values("committee")),
            kind=_KIND_OPTIONS,
        )

    def all_documents(self, path: str) -> str:
        """Return the address of the same question without filters."""
        return self.address(path, **dict.fromkeys(_FILTERS, ""), offset="")

    def orders(self) -> list[tuple[str, str, bool]]:
        """Offer each order of a list of documents: words, address, and whether it is this one."""
        return [
            (words, self.address("/documents", sort=order.value, offset=""), order is self.sort)
            for order, words in SORTS.items()
        ]

    def documents_address(self) -> str:
        """Return the address of the list of the documents that are looked in."""
        return self.address("/documents", q="", k="", offset="")


def is_long(options: Sequence[tuple[str, str]]) -> bool:
    """Say whether there are too many names to tick."""
    return len(options) > _MOST_OPTIONS


def said(name: str, value: str) -> str:
    """Say a filter in the words that the form uses."""
    if name in _DATES:
        return dated(name, value)
    known = {"kind": dict(_KIND_OPTIONS), "role": dict(Choices().role)}.get(name, {})
    return f"{FIELDS[name]}: {known.get(value, value)}"


def read_form(parameters: QueryParams) -> Form:
    """Read a question and its filters. Raises UsageError that says what to mend."""
    typed = _typed(parameters)
    asked = _parsed(SearchRequest, {"q": [""], **typed})
    return Form(typed, asked.q, asked.k, asked.offset, filters_from(asked))


class _Listing(FiltersJson):
    """Filters, the order, and how many of the documents that they leave are passed over."""

    offset: int = Field(default=0, ge=0)
    sort: Sort = Field(default=Sort.FILE)


def read_filters(parameters: QueryParams) -> Form:
    """Read what the list of documents is limited to. Raises UsageError."""
    typed = _typed(parameters)
    asked = _parsed(_Listing, typed)
    return Form(typed, offset=asked.offset, filters=filters_from(asked), sort=asked.sort)


def as_typed(parameters: QueryParams) -> Form:
    """Return a form to show again beside what is wrong with it, whatever is in it."""
    known = names_of(SearchRequest)
    return Form({name: values for name, values in _typed(parameters).items() if name in known})


def _typed(parameters: QueryParams) -> dict[str, list[str]]:
    given = {name: parameters.getlist(name) for name in parameters}
    filled = {name: [value for value in values if value.strip()] for name, values in given.items()}
    return {name: values for name, values in filled.items() if values}


def _parsed(model: type[Asked], typed: dict[str, list[str]]) -> Asked:
    fields: dict[str, object] = dict(typed)
    fields |= {name: typed[name][-1] for name in _SINGLE if name in typed}
    dates = {name: read_date(typed[name][-1]) for name in _DATES if name in typed}
    _check_order(dates.get("from"), dates.get("to"))
    fields |= dates
    try:
        return model.model_validate(fields)
    except ValidationError as error:
        raise refusal(model, error) from error


def _check_order(start: str | None, end: str | None) -> None:
    if start and end and bounds(start)[0] > bounds(end)[1]:
        raise UsageError(
            "The dates are the wrong way round: “Dated from” is later than “Dated up to”.",
            "Turn them round, or leave one of them out.",
        )


def choices_from(documents: Sequence[Document]) -> Choices:
    """Gather what can be chosen: names that the documents themselves bear."""
    kinds = {document.kind for document in documents}
    return Choices(
        body=_options(document.body for document in documents),
        area=_options(document.area for document in documents),
        committee=_options(document.committee for document in documents),
        kind=tuple((kind.value, KINDS[kind]) for kind in Kind if kind in kinds),
    )


def _options(names: Iterable[str | None]) -> tuple[tuple[str, str], ...]:
    return tuple((name, name) for name in sorted({name for name in names if name}))
