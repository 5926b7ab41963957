"""The policy levers: what somebody could decide, one field each.

The catalogue (``ssa-sim levers``), the scenario schema and the model's records are all derived from these fields.
A lever's baseline is its value in February 2013; ``scenarios/baseline.toml`` holds the dated changes that history brought.
"""

from ssa_sim.scenario.fields import Group
from ssa_sim.scenario.levers.circumstances import CircumstanceLevers
from ssa_sim.scenario.levers.conditions import ConditionsLevers
from ssa_sim.scenario.levers.coordination import CoordinationLevers
from ssa_sim.scenario.levers.donors import DonorLevers
from ssa_sim.scenario.levers.equipment import EquipmentLevers
from ssa_sim.scenario.levers.foreign import ForeignLevers
from ssa_sim.scenario.levers.host import HostLevers
from ssa_sim.scenario.levers.operations import OperationsLevers
from ssa_sim.scenario.levers.partnership import PartnershipLevers
from ssa_sim.scenario.levers.personnel import PersonnelLevers
from ssa_sim.scenario.levers.population import PopulationLevers
from ssa_sim.scenario.levers.training import TrainingLevers


class Levers(Group):
    """All policy levers, by who or what they steer."""

    coordination: CoordinationLevers = CoordinationLevers()
    donors: DonorLevers = DonorLevers()
    training: TrainingLevers = TrainingLevers()
    equipment: EquipmentLevers = EquipmentLevers()
    personnel: PersonnelLevers = PersonnelLevers()
    operations: OperationsLevers = OperationsLevers()
    host: HostLevers = HostLevers()
    foreign: ForeignLevers = ForeignLevers()
    conditions: ConditionsLevers = ConditionsLevers()
    population: PopulationLevers = PopulationLevers()
    partnership: PartnershipLevers = PartnershipLevers()
    circumstances: CircumstanceLevers = CircumstanceLevers()
