"""Packs: one file that holds several papers becomes as many documents, where that is plain.

``indexer.packs.find`` says where papers begin, ``cut`` makes each a parsed document with a text of
its own, and ``facts`` says what of the file's facts holds for each paper.
"""

from indexer.packs.cut import Paper, papers_of
from indexer.packs.facts import describe_paper

__all__ = ["Paper", "describe_paper", "papers_of"]
