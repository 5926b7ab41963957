"""How it is run: `sweep` (all of it), `shards` (one of them), `crew` (worker processes), `cluster` (somebody else's), `stages`, `replay`."""
