"""What is kept: `store` over `sweep_folder` (shards), `assemble`, `tables`, `manifest`, `provenance`, `disk`; `results` as they are read again."""
