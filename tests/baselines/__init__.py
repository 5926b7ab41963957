"""Exact results that the model is held to: `make baselines` writes them anew, and the diff shows what a change did.

They are exact for the versions in `constraints.txt`; another mathematical library may differ in the last bit.
"""
