"""The experiment floor: plan what to run, run it, store it.

What is asked: `experiment_file`, `design_section`, `design` (points), `plan` (an `Experiment`), `forecast`, `json_schema`.
How it is run: `shards` (cut and computed), `stages`, `runner` (all of it), `workers` and `watch` (processes), `executors` (clusters).
What is kept: `store` over `sweep_folder` (shards), `assemble`, `tables`, `manifest`, `provenance`, `sessions`, `disk`; `reopening`.
What is read: `results`, `status`, `stored_runs` and `replay` (single runs), `refusal` (why a folder is not gone on with).
Beside it: `subsets` (mechanisms), `stopping` (how many replications), `table_folder`, `observation_folder`.
"""
