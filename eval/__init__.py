"""Evaluation: gold questions, measures, runs and their reports."""
