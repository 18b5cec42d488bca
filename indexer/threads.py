"""How many threads a sum may take: one, for they are small and come one after another.

A BLAS that shares a product of some hundred rows out among threads makes them wait for each other:
on two cores a search took 2.5 times the processor time, the codes of a passage's tokens took a
quarter of indexing, and the model's own threads waited too (``python -m eval.bench.load`` and
``eval.bench.embedding`` show what is left). Several questions at once have a thread each.
"""

from __future__ import annotations

from threadpoolctl import threadpool_limits


def one_for_each_product() -> None:
    """Let each BLAS that this process has loaded so far use one thread from now on."""
    threadpool_limits(limits=1, user_api="blas")
