"""The option that every command shares: which index."""

from __future__ import annotations

from pathlib import Path

import click

index_option = click.option(
    "--index",
    "index_dir",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="MINUTEBOOK_INDEX",
    default="index",
    show_default=True,
    help="The folder of the index (or MINUTEBOOK_INDEX).",
)
