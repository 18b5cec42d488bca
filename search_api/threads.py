"""How many threads a question's sums may take: one, for they are small and come one after another.

A BLAS that shares a product of some hundred rows out among threads makes them wait for each other:
on two cores a search took 2.5 times the processor time, and the model's own threads waited too
(``python -m eval.bench.load`` shows what is left). Several questions at once have a thread each.
"""

from __future__ import annotations

from functools import cache

from threadpoolctl import threadpool_limits


@cache
def one_for_each_product() -> None:
    """Let the BLAS of this process use one thread from now on."""
    threadpool_limits(limits=1, user_api="blas")
