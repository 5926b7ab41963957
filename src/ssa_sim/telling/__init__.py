"""From findings to people: sentences and tables, made of facts and words, and shown on a terminal or in a document.

A finding of `ssa_sim.analysis` knows no language. A module here has the finding's name and two functions: `told`, the tables
and sentences in which it is told in a language, and `as_json`, its facts with those sentences, for programs.
"""
