"""What is asked: `file` reads it, `plan` (an `Experiment`), `design` (points) and `layout` (shards) hold it, `forecast` says what it
takes."""
