"""The rules of the model, one file for each challenge of the IRSEM note or for what it rests on.

A rule is a small function on one actor's record. All rules of a kind of actor take the same arguments, in this order:

* `actor`: the record of the zone, host, mission, donor or unit that acts (fields in `ssa_sim.model.state`);
* `units` (donors only): all unit records, since a donor's project reaches a unit;
* `nation`: the record that all share;
* `levers`: the policy levers in force this month;
* `parameters`: uncertainties and switched mechanisms;
* `draws`: this actor's random numbers of this month (streams in `ssa_sim.model.noise`).
"""
