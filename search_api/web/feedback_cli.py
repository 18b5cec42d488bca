"""``minutebook feedback``: what people said of answers, as a list and as gold candidates."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

import click

from indexer.options import index_option
from search_api.web.candidates import candidates
from search_api.web.feedback import Feedback, beside

_feedback_option = click.option(
    "--feedback",
    "feedback_file",
    type=click.Path(path_type=Path, dir_okay=False),
    envvar="MINUTEBOOK_FEEDBACK",
    default=None,
    help="The file (or MINUTEBOOK_FEEDBACK); beside the index by default.",
)


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    return index_option(_feedback_option(command))


@click.group()
def feedback() -> None:
    """See what people said of answers in the web form."""


@feedback.command("list")
@_options
@click.option("--json", "as_json", is_flag=True, help="Print JSON Lines.")
def list_(index_dir: Path, feedback_file: Path | None, as_json: bool) -> int:
    """List every judgement in the order in which they were given."""
    for one in Feedback(feedback_file or beside(index_dir)).judgements():
        if as_json:
            click.echo(json.dumps(asdict(one), ensure_ascii=False))
        else:
            click.echo(f"{one.number}. {one.at}  {one.verdict}  ({one.status})  {one.question}")
    return 0


@feedback.command()
@_options
def export(index_dir: Path, feedback_file: Path | None) -> int:
    """Print candidate gold questions as JSON Lines, for `minutebook eval` once somebody read them.

    What cannot be one is counted on the standard error, with the reason.
    """
    found = candidates(Feedback(feedback_file or beside(index_dir)).judgements())
    for line in found.lines:
        click.echo(line)
    for reason, count in sorted(found.left_out.items()):
        click.echo(f"Left out: {count} {reason}.", err=True)
    return 0
