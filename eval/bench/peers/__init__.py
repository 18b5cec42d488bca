"""Minutebook beside other ways to search, on one material: ``docs/peers.md`` says how to run it."""
