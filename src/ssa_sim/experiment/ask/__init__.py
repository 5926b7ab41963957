"""What is asked: `file` and `design_section` read it, `plan` (an `Experiment`), `design` (points) and `layout` (shards) hold it, `forecast`
says what it takes."""
