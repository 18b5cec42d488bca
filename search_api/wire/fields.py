"""``fields``: which parts of a response a caller wants, as paths such as ``hits.passage.text``."""

from __future__ import annotations

import types
from collections.abc import Iterable, Sequence
from typing import Any, Union, get_args, get_origin

from pydantic import BaseModel

ALWAYS = "index"
"""The build and the model are named whatever is chosen: a result can be reproduced."""
_DEPTH = 3
_Tree = dict[str, "_Tree"]


def paths_of(model: type[BaseModel], depth: int = _DEPTH) -> list[str]:
    """Return every path that may be chosen of ``model``, in the order in which they are said."""
    found: list[str] = []
    for name, field in model.model_fields.items():
        said = str(field.serialization_alias or name)
        found.append(said)
        inner = _model_in(field.annotation)
        if inner is not None and depth > 1:
            found += [f"{said}.{path}" for path in paths_of(inner, depth - 1)]
    return found


def chosen(said: dict[str, Any], paths: Sequence[str]) -> dict[str, Any]:
    """Return what ``paths`` choose of a response, in its own order; what is whole stays whole."""
    tree: _Tree = {ALWAYS: {}}
    for path in paths:
        _plant(tree, path.split("."))
    return {name: _pruned(value, tree[name]) for name, value in said.items() if name in tree}


def _plant(tree: _Tree, names: Sequence[str]) -> None:
    for name in names[:-1]:
        below = tree.get(name)
        if below == {}:
            return
        tree = tree.setdefault(name, {})
    tree[names[-1]] = {}


def _pruned(said: Any, tree: _Tree) -> Any:
    if not tree:
        return said
    if isinstance(said, list):
        return [_pruned(each, tree) for each in said]
    if isinstance(said, dict):
        return {name: _pruned(value, tree[name]) for name, value in said.items() if name in tree}
    return said


def _model_in(annotation: Any) -> type[BaseModel] | None:
    """Return the model that a field holds, once, in a list or perhaps."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    if get_origin(annotation) in (list, Union, types.UnionType):
        return _first(_model_in(each) for each in get_args(annotation))
    return None


def _first(models: Iterable[type[BaseModel] | None]) -> type[BaseModel] | None:
    return next((model for model in models if model is not None), None)
