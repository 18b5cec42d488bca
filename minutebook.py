"""The front door: one command, whose subcommands live in the rooms and load when called."""

from __future__ import annotations

import importlib
import logging
import os
import sys

import click

from indexer.errors import IndexDamagedError, MinutebookError

_COMMANDS = {
    "index": ("indexer.cli:index", "Build or update the index over a folder of documents."),
    "check": ("indexer.cli:check", "Verify that an index is sound."),
    "documents": ("search_api.cli:documents", "List what is in the index."),
    "search": ("search_api.cli:search", "Find ranked passages."),
    "ask": ("search_api.cli:ask", "Get an answer with citations, or “not found”."),
    "serve": ("search_api.cli:serve", "Serve the API and the web form."),
    "mcp": ("search_api.mcp_server:command", "Serve an assistant (Model Context Protocol)."),
    "feedback": ("search_api.web.feedback_cli:feedback", "See what people said of answers."),
    "eval": ("eval.cli:cli", "Measure the index against gold questions."),
}
_FAILED, _USAGE, _INTERRUPTED = 1, 2, 130


class _FrontDoor(click.Group):
    """Knows the subcommands by name; imports one when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the names in the order in which one meets them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import the subcommand's room and return it."""
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name][0].partition(":")
        command = getattr(importlib.import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the subcommands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in _COMMANDS.items()])


@click.command(cls=_FrontDoor, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="minutebook")
def cli() -> None:
    """Find what a health body really decided, with the words of the record and where they stand."""


def main() -> None:
    """Run the command; end with 0 (done), 1 (files skipped, checks failed) or 2 (usage)."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s")
    try:
        code = cli.main(standalone_mode=False)
    except MinutebookError as error:
        _say(f"{error.what}\n{error.remedy}")
        sys.exit(_FAILED if isinstance(error, IndexDamagedError) else _USAGE)
    except click.ClickException as error:
        error.show()
        sys.exit(_USAGE)
    except (click.Abort, KeyboardInterrupt):
        _say("Interrupted. What was done is kept; the same command goes on from there.")
        sys.exit(_INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(_FAILED)
    sys.exit(code if isinstance(code, int) else 0)


def _say(words: str) -> None:
    click.echo(f"minutebook: {words}", err=True)


if __name__ == "__main__":
    main()
