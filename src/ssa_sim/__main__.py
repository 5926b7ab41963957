"""`python -m ssa_sim` is the same as `ssa-sim`."""

import sys

from ssa_sim.cli import main

if __name__ == "__main__":
    sys.exit(main())
