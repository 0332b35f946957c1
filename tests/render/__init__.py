"""Tests: each states a rule in its name."""
