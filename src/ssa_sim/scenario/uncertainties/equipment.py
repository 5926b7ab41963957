"""Vehicles, parts and mechanics."""

from ssa_sim.scenario.fields import Group, uncertain

# fmt: off


class EquipmentUncertainties(Group):
    """Vehicles, parts and mechanics."""

    vehicles_needed: float = uncertain(
        10.0, low=6.0, high=15.0, unit="vehicles a company", source="assumption",
        en="Vehicles that a company needs",
        fr="Véhicules nécessaires à une compagnie",
    )
    initial_vehicles: float = uncertain(
        5.0, low=2.0, high=8.0, unit="vehicles a company", source="assumption; M31",
        en="Vehicles at the start",
        fr="Véhicules au début",
    )
    initial_known: float = uncertain(
        0.6, low=0.3, high=0.9, unit="share", source="assumption",
        en="Soldiers who know the army's own vehicles",
        fr="Soldats connaissant les véhicules de l'armée",
    )
    price: float = uncertain(
        60000.0, low=20000.0, high=150000.0, unit="EUR", source="assumption; M14",
        en="Price of a vehicle, often second-hand",
        fr="Prix d'un véhicule, souvent d'occasion",
    )
    support_cost: float = uncertain(
        0.6, low=0.3, high=1.0, unit="share of price", source="assumption; M15",
        en="Three years of parts and mechanics",
        fr="Trois ans de pièces et de mécaniciens",
    )
    support_months: float = uncertain(
        36.0, low=24.0, high=48.0, unit="months", source="assumption; M15",
        en="How long such support lasts",
        fr="Durée de ce soutien",
    )
    standard_premium: float = uncertain(
        0.15, low=0.0, high=0.4, unit="share of price", source="assumption; M14",
        en="Premium for the army's standard type",
        fr="Surcoût du type standard",
    )
    upkeep: float = uncertain(
        600.0, low=200.0, high=1200.0, unit="EUR a vehicle and month", source="assumption; M15",
        en="Parts and mechanics that a vehicle needs",
        fr="Entretien d'un véhicule",
    )
    stock_factor: float = uncertain(
        8.0, low=2.0, high=20.0, unit="vehicles", source="assumption; M14; EPPEN1979",
        en="Safety stock of a type, in vehicles for the root of its number",
        fr="Stock de sécurité par type",
    )
    labour: float = uncertain(
        0.5, low=0.2, high=0.8, unit="share", source="assumption; M15",
        en="Upkeep that trained mechanics can provide",
        fr="Part de l'entretien assurée par des mécaniciens formés",
    )
    vehicles_a_mechanic: float = uncertain(
        3.0, low=1.0, high=8.0, unit="vehicles", source="assumption; M15",
        en="Vehicles that a mechanic keeps going",
        fr="Véhicules entretenus par un mécanicien",
    )
    service_base: float = uncertain(
        0.03, low=0.0, high=0.1, unit="1/month", source="assumption; M15",
        en="Entering service without support or knowledge",
        fr="Mise en service sans soutien ni connaissance",
    )
    service_known: float = uncertain(
        0.2, low=0.05, high=0.4, unit="1/month", source="assumption; M15; M27",
        en="Entering service where soldiers know the type",
        fr="Mise en service si le type est connu",
    )
    service_supported: float = uncertain(
        0.2, low=0.05, high=0.4, unit="1/month", source="assumption; M15",
        en="Entering service where it is supported",
        fr="Mise en service si le soutien existe",
    )
    depot_loss: float = uncertain(
        0.03, low=0.01, high=0.08, unit="1/month", source="assumption; M15",
        en="Vehicles written off without having served",
        fr="Véhicules réformés sans avoir servi",
    )
    months_between_failures: float = uncertain(
        9.0, low=4.0, high=18.0, unit="months on operations", source="assumption; SHERBROOKE1968",
        en="Mean time between failures",
        fr="Temps moyen entre pannes",
    )
    idle_use: float = uncertain(
        0.3, low=0.1, high=0.6, unit="share", source="assumption",
        en="Wear off operations",
        fr="Usure hors opérations",
    )
    repair_months: float = uncertain(
        0.7, low=0.3, high=1.5, unit="months", source="assumption",
        en="Repair time with parts at hand",
        fr="Temps de réparation, pièces disponibles",
    )
    wait_months: float = uncertain(
        1.5, low=0.5, high=4.0, unit="months", source="assumption; M15",
        en="Wait for parts at half cover",
        fr="Attente des pièces à demi-couverture",
    )
    abandon_rate: float = uncertain(
        0.15, low=0.05, high=0.4, unit="1/month", source="assumption; M15",
        en="Broken vehicles left behind without support",
        fr="Véhicules en panne abandonnés sans soutien",
    )
