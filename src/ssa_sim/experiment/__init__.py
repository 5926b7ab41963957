"""Runs of a plan: `ask` says what to run, `keep` what lies in a result folder, `run` makes it.

Imports go down within it too: `run` knows both others, `keep` knows `ask`, and `ask` neither.
"""
