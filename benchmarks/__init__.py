"""Benchmarks of speed, memory and safety; a package, since some libraries install one of the same name."""
