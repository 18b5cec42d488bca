"""A client of the HTTP API: the same typed objects that the server says, from any Python program.

>>> from search_api.client import Minutebook
>>> with Minutebook("http://127.0.0.1:8000") as minutebook:
...     answer = minutebook.answer("When will the plan be approved?", as_of="2016-09-13")
"""

from search_api.client.connection import Minutebook, RefusedError, UnreachableError
from search_api.client.lines import BulkLine

__all__ = ["BulkLine", "Minutebook", "RefusedError", "UnreachableError"]
