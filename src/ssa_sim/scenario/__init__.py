"""Scenarios: what can be set, what is known about it, and how scenario files are read."""
