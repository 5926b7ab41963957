"""The experiment floor: plan what to run, run it, store it."""
