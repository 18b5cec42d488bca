"""Builds on disk: their format, and the engines that write and read them."""
