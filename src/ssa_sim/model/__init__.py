"""ssa_sim."""
