"""The uncertainties: what nobody knows, one field each, with the range that an analysis should cover.

A value is evidence where a fact or publication is named without the word "assumption"; where the word stands it is a
reasoned guess, beside the mechanism that it serves. `ssa-sim evidence` prints them all.
"""

from ssa_sim.scenario.fields import Group
from ssa_sim.scenario.uncertainties.absorption import AbsorptionUncertainties
from ssa_sim.scenario.uncertainties.calendar import CalendarUncertainties
from ssa_sim.scenario.uncertainties.coordination import CoordinationUncertainties
from ssa_sim.scenario.uncertainties.equipment import EquipmentUncertainties
from ssa_sim.scenario.uncertainties.interests import InterestsUncertainties
from ssa_sim.scenario.uncertainties.learning import LearningUncertainties
from ssa_sim.scenario.uncertainties.needs import NeedsUncertainties
from ssa_sim.scenario.uncertainties.offers import OffersUncertainties
from ssa_sim.scenario.uncertainties.operations import OperationsUncertainties
from ssa_sim.scenario.uncertainties.partnership import PartnershipUncertainties
from ssa_sim.scenario.uncertainties.population import PopulationUncertainties
from ssa_sim.scenario.uncertainties.readiness import ReadinessUncertainties
from ssa_sim.scenario.uncertainties.reforms import ReformsUncertainties
from ssa_sim.scenario.uncertainties.security import SecurityUncertainties
from ssa_sim.scenario.uncertainties.training import TrainingUncertainties
from ssa_sim.scenario.uncertainties.turnover import TurnoverUncertainties


class Uncertainties(Group):
    """All uncertainties, by the part of the model that they belong to."""

    calendar: CalendarUncertainties = CalendarUncertainties()
    security: SecurityUncertainties = SecurityUncertainties()
    operations: OperationsUncertainties = OperationsUncertainties()
    turnover: TurnoverUncertainties = TurnoverUncertainties()
    needs: NeedsUncertainties = NeedsUncertainties()
    offers: OffersUncertainties = OffersUncertainties()
    coordination: CoordinationUncertainties = CoordinationUncertainties()
    absorption: AbsorptionUncertainties = AbsorptionUncertainties()
    training: TrainingUncertainties = TrainingUncertainties()
    equipment: EquipmentUncertainties = EquipmentUncertainties()
    readiness: ReadinessUncertainties = ReadinessUncertainties()
    interests: InterestsUncertainties = InterestsUncertainties()
    reforms: ReformsUncertainties = ReformsUncertainties()
    population: PopulationUncertainties = PopulationUncertainties()
    partnership: PartnershipUncertainties = PartnershipUncertainties()
    learning: LearningUncertainties = LearningUncertainties()
