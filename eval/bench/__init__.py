"""Speeds, measured by scripts that anyone can run again."""
