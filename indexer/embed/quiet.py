"""Import the model libraries without their telemetry, hub access, warnings and progress bars."""

from __future__ import annotations

import importlib
import logging
import os
import sys
import warnings
from typing import Any

_ENVIRONMENT = {
    "HF_HUB_OFFLINE": "1",
    "TRANSFORMERS_OFFLINE": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "TOKENIZERS_PARALLELISM": "false",
}


def import_openvino() -> Any:
    """Return the ``openvino`` module, imported so that it reports nothing to anyone.

    ``import openvino`` sends an event to a web analytics service as it loads and writes a client
    number into the user's home folder, unless its telemetry package cannot be imported: it then
    uses a stub of its own.
    """
    sys.modules.setdefault("openvino_telemetry", None)  # type: ignore[arg-type]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return importlib.import_module("openvino")


def import_tokenizers() -> Any:
    """Return the ``tokenizers`` module, with the thread pool off that complains about forks."""
    os.environ.update(_ENVIRONMENT)
    return importlib.import_module("tokenizers")


def import_sentence_transformers() -> Any:
    """Return the ``sentence_transformers`` module (and so torch), offline and without chatter."""
    os.environ.update(_ENVIRONMENT)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        module = importlib.import_module("sentence_transformers")
        transformers_logging = importlib.import_module("transformers.utils.logging")
    transformers_logging.set_verbosity_error()
    transformers_logging.disable_progress_bar()
    logging.getLogger("sentence_transformers").setLevel(logging.ERROR)
    return module
