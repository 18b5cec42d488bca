"""The commands that ask: documents, search, ask, serve."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import click
from pydantic import BaseModel, ValidationError

from indexer.errors import MinutebookError, UsageError
from indexer.model import Filters, Kind, Role
from indexer.options import index_option
from indexer.store.local import open_reader
from search_api.compose import Composer, composer_from, endpoint_from
from search_api.live import LiveIndex
from search_api.printed import how as printed_how
from search_api.printed import results as printed
from search_api.query import is_whole
from search_api.results import Answer, Explanation
from search_api.wire.asking import FiltersJson, batch_line, filters_from, merged, refusal
from search_api.wire.schemas import (
    answer_response,
    batch_error,
    documents_response,
    search_response,
    with_id,
)

Command = Callable[..., Any]


def _only_one(_: click.Context, parameter: click.Parameter, given: tuple[str, ...]) -> str | None:
    """Return the one value of an option. Raises UsageError where it is given more than once."""
    if len(given) > 1:
        raise UsageError(f"{parameter.opts[0]} is given {len(given)} times.", "Give it once.")
    return given[0] if given else None


def _date_option(flag: str, name: str, told: str) -> Callable[[Any], Any]:
    """Return an option that takes one date; click itself would take the last of several."""
    return click.option(flag, name, multiple=True, callback=_only_one, metavar="DATE", help=told)


def _filter_options(with_role: bool = True) -> Callable[[Command], Command]:
    """Add the filters that the contract names to a command."""
    options: list[Callable[[Any], Any]] = [
        click.option("--body", multiple=True, help="A body's name, or a part of it."),
        click.option("--area", multiple=True, help="An area, or a part of its name."),
        click.option("--committee", multiple=True, help="A committee, or a part of its name."),
        click.option("--kind", multiple=True, type=click.Choice([str(kind) for kind in Kind])),
        _date_option("--from", "from_", "Leave out documents dated before (EDTF)."),
        _date_option("--to", "to", "Leave out documents dated after (EDTF)."),
        _date_option("--as-of", "as_of", "As the record stood at this date (EDTF)."),
    ]
    if with_role:
        roles = click.Choice([str(role) for role in Role])
        options.insert(4, click.option("--role", multiple=True, type=roles))

    def add(command: Command) -> Command:
        for option in reversed(options):
            command = option(command)
        return command

    return add


_json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON.")
_count_option = click.option(
    "-k", "count", type=int, default=10, show_default=True, help="How many passages to show."
)
_explain_option = click.option(
    "--explain", is_flag=True, help="Say how it was reached: scores, and why each is in or out."
)
_batch_option = click.option(
    "--batch",
    type=click.File("rb"),
    help="Questions as JSON Lines, from a file or - for standard input; JSON Lines come out.",
)


def _composer(_: click.Context, __: click.Parameter, wanted: bool) -> Composer | None:
    """Return what asks the operator's language model, where it is wanted."""
    composer = composer_from(endpoint_from()) if wanted else None
    if wanted and composer is None:
        raise UsageError(
            "No language model is named.",
            "Set MINUTEBOOK_LLM_URL and MINUTEBOOK_LLM_MODEL, or leave out --compose.",
        )
    return composer


_compose_option = click.option(
    "--compose",
    "composer",
    is_flag=True,
    callback=_composer,
    help="Have the language model of MINUTEBOOK_LLM_URL put the quotations into sentences, too.",
)


@click.command()
@index_option
@_filter_options(with_role=False)
@_json_option
def documents(index_dir: Path, as_json: bool, **filters: Any) -> int:
    """List the documents of the index, and the files that could not be read."""
    wanted = _filters(filters)
    store = open_reader(index_dir)
    try:
        found = store.documents(wanted)
        if as_json:
            click.echo(_line(documents_response(found, store.info, filters=wanted)))
        else:
            click.echo(printed.documents(found, store.info))
    finally:
        store.close()
    return 0


@click.command()
@click.argument("question", required=False)
@index_option
@_count_option
@click.option("--offset", type=int, default=0, help="How many of the best to pass over.")
@_filter_options()
@_batch_option
@_explain_option
@_json_option
def search(  # noqa: PLR0917  # one parameter for each option
    question: str | None,
    index_dir: Path,
    count: int,
    offset: int,
    batch: BinaryIO | None,
    explain: bool,
    as_json: bool,
    **filters: Any,
) -> int:
    """Find the passages nearest to QUESTION, best first."""
    wanted = _filters(filters)
    with LiveIndex(index_dir).engine() as engine:
        if batch is not None:
            _only_batch(question)

            def found(asked: str, within: Filters) -> BaseModel:
                return search_response(
                    engine.search(asked, k=count, offset=offset, filters=within, explain=explain)
                )

            return _run_batch(batch, wanted, found)
        result = engine.search(
            _asked(question), k=count, offset=offset, filters=wanted, explain=explain
        )
        click.echo(_line(search_response(result)) if as_json else printed.hits(result))
        _explained(result.explanation, as_json)
    return 0


@click.command()
@click.argument("question", required=False)
@index_option
@_count_option
@_filter_options()
@_compose_option
@_batch_option
@_explain_option
@_json_option
def ask(
    question: str | None,
    *,
    index_dir: Path,
    count: int,
    composer: Composer | None,
    batch: BinaryIO | None,
    explain: bool,
    as_json: bool,
    **filters: Any,
) -> int:
    """Answer QUESTION in the words of the record, with citations, or say that it does not say."""
    wanted = _filters(filters)
    with LiveIndex(index_dir).engine() as engine:

        def answered(asked: str, within: Filters) -> Answer:
            found = engine.answer(asked, k=count, filters=within, explain=explain)
            return composer.compose(found) if composer else found

        if batch is not None:
            _only_batch(question)
            return _run_batch(batch, wanted, lambda q, f: answer_response(answered(q, f)))
        result = answered(_asked(question), wanted)
        click.echo(_line(answer_response(result)) if as_json else printed.answer(result))
        _explained(result.explanation, as_json)
    return 0


@click.command()
@index_option
@click.option(
    "--corpus",
    type=click.Path(path_type=Path, file_okay=False),
    default=None,
    help="The folder of the documents, for the original files (or MINUTEBOOK_CORPUS).",
)
@click.option("--host", default=None, help="The address to listen at; loopback by default.")
@click.option("--port", type=click.IntRange(0, 65535), default=None, help="8000 by default.")
def serve(index_dir: Path, corpus: Path | None, host: str | None, port: int | None) -> int:
    """Serve the web form and the API, by default on this machine only."""
    from search_api.server import serve as run_server
    from search_api.settings import settings_from

    settings = settings_from()
    run_server(
        index_dir,
        corpus or settings.corpus,
        host or settings.host,
        settings.port if port is None else port,
        lambda address: click.echo(f"Minutebook is ready: open {address}", err=True),
        composer=composer_from(endpoint_from()),
        feedback=settings.feedback,
    )
    return 0


def _explained(how: Explanation | None, as_json: bool) -> None:
    if how is not None and not as_json:
        click.echo(f"\n{printed_how.explanation(how)}")


def _asked(question: str | None) -> str:
    if question is None:
        raise UsageError("No question was given.", "Write it in quotes, or use --batch FILE.")
    return question


def _only_batch(question: str | None) -> None:
    if question is not None:
        raise UsageError(
            "A question and a batch were given.", "Leave one out: a batch brings its own questions."
        )


def _filters(options: dict[str, Any]) -> Filters:
    given = {name.rstrip("_"): value for name, value in options.items() if value}
    try:
        return filters_from(FiltersJson.model_validate(given))
    except ValidationError as error:
        raise refusal(FiltersJson, error) from error


def _line(response: BaseModel) -> str:
    return json.dumps(response.model_dump(mode="json", by_alias=True), ensure_ascii=False)


def _run_batch(
    batch: BinaryIO, usual: Filters, respond: Callable[[str, Filters], BaseModel]
) -> int:
    """Answer line by line in the order given; a bad line gives a line with ``error``.

    The command line's filters hold for lines that bring none. Returns 1 where a line failed.
    """
    failed = False
    for number, line in enumerate(batch, start=1):
        if not line.strip():
            continue
        identifier = _identifier(line)
        try:
            asked = batch_line(_text_of(line))
            own = filters_from(asked.filters, asked.as_of)
            click.echo(with_id(asked.id, respond(asked.question, merged(usual, own))))
        except MinutebookError as error:
            failed = True
            click.echo(_line(batch_error(identifier, number, error)))
        sys.stdout.flush()
    return 1 if failed else 0


def _text_of(line: bytes) -> str:
    try:
        return line.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UsageError("The line is not UTF-8 text.", "Save the batch as UTF-8.") from error


def _identifier(line: bytes) -> str | int | None:
    """Return the line's own name where it can be told, so that even an error carries it."""
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        return None
    name = found.get("id") if isinstance(found, dict) else None
    if isinstance(name, str):
        return name if is_whole(name) else None
    return name if isinstance(name, int) and not isinstance(name, bool) else None
