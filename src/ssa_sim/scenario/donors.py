"""The partners: profiles of donors that assist the army, and how many of each might.

No profile is a real state or agency. The sources name kinds of partners (F12, F19) and how they behave (M10, M19, M20,
M28); budgets and weights are assumptions unless a fact is named. A scenario replaces the list with `[[donors]]`.
"""

from typing import Any

from pydantic import Field, model_validator

from ssa_sim.scenario.fields import Group, trait


class DonorProfile(Group):
    """A kind of partner. Each partner of the kind varies around these values by its own draws."""

    name: str = Field(description="By which files and results know it.")
    label_en: str = Field(description="What it is called in English.")
    label_fr: str = Field(description="What it is called in French.")
    partners: int = trait(
        low=0, high=200, unit="partners", en="Potential partners", fr="Partenaires potentiels", source="assumption; F12"
    )
    annual_budget: int = trait(
        low=0,
        high=100_000_000,
        unit="EUR a year",
        en="Budget of a partner",
        fr="Budget d'un partenaire",
        source="assumption; F19",
    )
    visibility: float = trait(
        low=0.0, high=1.0, unit="index", en="Wish to be seen", fr="Recherche de visibilité", source="assumption; M10"
    )
    willingness: float = trait(
        low=0.0,
        high=1.0,
        unit="probability",
        en="Willingness to be coordinated",
        fr="Disposition à être coordonné",
        source="assumption; M19; M20",
    )
    sharing: float = trait(
        low=0.0,
        high=1.0,
        unit="probability",
        en="Readiness to share plans",
        fr="Disposition à partager ses projets",
        source="assumption; M20; M21",
    )
    entry_threshold: float = trait(
        low=0.0,
        high=1.0,
        unit="insecurity, 0 to 1",
        en="Insecurity at which the partner comes",
        fr="Insécurité à partir de laquelle le partenaire s'engage",
        source="assumption; M40",
    )
    patience_months: float = trait(
        low=6.0,
        high=600.0,
        unit="months",
        en="Mean length of stay",
        fr="Durée moyenne d'engagement",
        source="assumption; M18",
    )
    course: float = trait(low=0.0, high=1.0, unit="share of projects", en="Courses", fr="Stages", source="assumption")
    equipment: float = trait(
        low=0.0, high=1.0, unit="share of projects", en="Equipment", fr="Équipement", source="assumption; M14"
    )
    advice: float = trait(low=0.0, high=1.0, unit="share of projects", en="Advice", fr="Conseil", source="assumption")
    infrastructure: float = trait(
        low=0.0, high=1.0, unit="share of projects", en="Infrastructure", fr="Infrastructure", source="assumption"
    )
    institutional: float = trait(
        low=0.0,
        high=1.0,
        unit="share of projects",
        en="Institutional reform",
        fr="Réforme institutionnelle",
        source="assumption; M39",
    )
    mentoring: float = trait(
        0.0,
        low=0.0,
        high=1.0,
        unit="share of projects",
        en="Mentoring of units",
        fr="Mentorat d'unités",
        source="assumption; M42",
    )
    scruples: float = trait(
        1.0,
        low=0.0,
        high=1.0,
        unit="index",
        en="Scruples about arms and abuses",
        fr="Scrupules sur les armes et les exactions",
        source="assumption; M28",
    )
    casualty_aversion: float = trait(
        0.8,
        low=0.0,
        high=1.0,
        unit="probability",
        en="Mentors called home when one is hurt",
        fr="Rappel des mentors lorsqu'un des leurs est touché",
        source="assumption; M42",
    )
    lineage: int = trait(
        low=1, high=5, unit="lineage", en="Doctrine lineage", fr="Filiation doctrinale", source="assumption; M22"
    )
    kit_type: int = trait(
        low=0, high=4, unit="type", en="Equipment type given", fr="Type de matériel donné", source="assumption; M14"
    )

    @model_validator(mode="after")
    def _portfolio_is_whole(self) -> "DonorProfile":
        whole = self.course + self.equipment + self.advice + self.infrastructure + self.institutional + self.mentoring
        if abs(whole - 1.0) > 1e-6:
            raise ValueError(
                f"the shares course, equipment, advice, infrastructure, institutional and mentoring sum to {whole:.3f}; they must sum to 1"
            )
        return self

    def numbers(self) -> dict[str, Any]:
        """What results follow from: all of it but its labels."""
        return self.model_dump(exclude={"label_en", "label_fr"})


DEFAULT_PROFILES: tuple[DonorProfile, ...] = (
    DonorProfile(
        name="eu_programmes", label_en="EU programmes beside the mission", label_fr="Programmes de l'UE hors mission",
        partners=6, annual_budget=4_000_000, visibility=0.6, willingness=0.15, sharing=0.6, entry_threshold=0.16, patience_months=120.0,
        course=0.35, equipment=0.15, advice=0.2, infrastructure=0.15, institutional=0.15, mentoring=0.0,
        scruples=1.0, casualty_aversion=0.9, lineage=2, kit_type=1,
    ),
    DonorProfile(
        name="engaged_state", label_en="States with forces in the region", label_fr="États ayant des forces dans la région",
        partners=6, annual_budget=5_000_000, visibility=0.6, willingness=0.10, sharing=0.4, entry_threshold=0.12, patience_months=150.0,
        course=0.40, equipment=0.25, advice=0.15, infrastructure=0.10, institutional=0.05, mentoring=0.05,
        scruples=1.0, casualty_aversion=0.7, lineage=1, kit_type=1,
    ),
    DonorProfile(
        name="european_state", label_en="Other European states", label_fr="Autres États européens",
        partners=16, annual_budget=1_000_000, visibility=0.7, willingness=0.12, sharing=0.5, entry_threshold=0.19, patience_months=72.0,
        course=0.45, equipment=0.30, advice=0.10, infrastructure=0.10, institutional=0.05, mentoring=0.0,
        scruples=1.0, casualty_aversion=0.9, lineage=2, kit_type=2,
    ),
    DonorProfile(
        name="overseas_state", label_en="Overseas states", label_fr="États d'outre-mer et d'Asie",
        partners=8, annual_budget=3_000_000, visibility=0.7, willingness=0.08, sharing=0.3, entry_threshold=0.18, patience_months=84.0,
        course=0.40, equipment=0.35, advice=0.10, infrastructure=0.10, institutional=0.05, mentoring=0.0,
        scruples=0.7, casualty_aversion=0.9, lineage=3, kit_type=3,
    ),
    DonorProfile(
        name="un_agency", label_en="UN bodies", label_fr="Organismes de l'ONU",
        partners=6, annual_budget=2_000_000, visibility=0.5, willingness=0.25, sharing=0.7, entry_threshold=0.12, patience_months=150.0,
        course=0.30, equipment=0.10, advice=0.25, infrastructure=0.15, institutional=0.20, mentoring=0.0,
        scruples=1.0, casualty_aversion=0.95, lineage=4, kit_type=2,
    ),
    DonorProfile(
        name="regional", label_en="Regional organisations and neighbours", label_fr="Organisations régionales et voisins",
        partners=6, annual_budget=500_000, visibility=0.5, willingness=0.15, sharing=0.5, entry_threshold=0.15, patience_months=72.0,
        course=0.60, equipment=0.15, advice=0.15, infrastructure=0.05, institutional=0.05, mentoring=0.0,
        scruples=0.8, casualty_aversion=0.6, lineage=4, kit_type=0,
    ),
    DonorProfile(
        name="rival", label_en="Rival suppliers", label_fr="Fournisseurs rivaux",
        partners=6, annual_budget=3_000_000, visibility=0.8, willingness=0.02, sharing=0.05, entry_threshold=0.28, patience_months=120.0,
        course=0.20, equipment=0.55, advice=0.05, infrastructure=0.10, institutional=0.0, mentoring=0.1,
        scruples=0.0, casualty_aversion=0.2, lineage=5, kit_type=4,
    ),
)  # fmt: skip
