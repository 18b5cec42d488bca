"""An answer put into sentences by the operator's language model, each checked against its quote.

Off unless the operator names an endpoint. The extracted answer stays as it is; what the model adds
stands beside it, or does not.
"""

from __future__ import annotations

import logging
import threading
from dataclasses import replace

from search_api.compose.client import NoReplyError, ask
from search_api.compose.endpoint import Endpoint, endpoint_from
from search_api.compose.judge import composed_from, may_be_composed
from search_api.compose.prompt import messages_for
from search_api.results import Answer

__all__ = ["Composer", "Endpoint", "composer_from", "endpoint_from"]

_log = logging.getLogger(__name__)
_AT_ONCE = 4
"""So many requests wait for the model at one time; a slow model must not take all the threads."""


class Composer:
    """Asks one endpoint; safe to use from several threads. It never raises."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._places = threading.BoundedSemaphore(_AT_ONCE)

    def compose(self, answer: Answer) -> Answer:
        """Return the answer with composed text, or as it is, within the endpoint's time-out.

        Why there is no composed text is logged.
        """
        reason = may_be_composed(answer)
        if reason is None:
            try:
                return self._composed(answer)
            except NoReplyError as error:
                reason = str(error)
            except Exception as error:  # a fault of ours must not cost a person the answer
                _log.exception("Composing failed")
                reason = type(error).__name__
        _log.warning(
            "The language model at %s was not used, the answer is the record's own words: %s.",
            self._endpoint.where,
            reason,
        )
        return answer

    def _composed(self, answer: Answer) -> Answer:
        messages = messages_for(answer)
        if not self._places.acquire(blocking=False):
            raise NoReplyError(f"{_AT_ONCE} questions are waiting for it already")
        content = ask(self._endpoint, messages, self._places.release)
        return replace(answer, composed=composed_from(answer, content, self._endpoint.model))


def composer_from(endpoint: Endpoint | None) -> Composer | None:
    """Return what asks the endpoint; None where none is named."""
    return Composer(endpoint) if endpoint else None
