"""What drives the partners' choice of projects."""

from ssa_sim.scenario.fields import Group, lever


class DonorLevers(Group):
    """What drives the partners' choice of projects."""

    needs_weight: float = lever(
        0.15,
        low=0.0,
        high=1.0,
        unit="share",
        en="Weight of needs in partners' choice (demand-driven share)",
        fr="Poids des besoins dans le choix des partenaires (part tirée par la demande)",
        decided_by="partners",
        source="assumption; M10",
        meaning="0: projects follow visibility and the partner's own preferences; 1: they follow the perceived need.",
    )
    dialogue_effort: float = lever(
        0.02,
        low=0.0,
        high=0.3,
        unit="share of project cost",
        en="Spending on dialogue about needs",
        fr="Dépenses de dialogue sur les besoins",
        decided_by="partners",
        source="assumption; M11",
        meaning="Share of each project's cost spent on finding out, with the host, what is needed.",
        cost="taken from the project's own budget",
    )
    institutional_share: float = lever(
        0.0,
        low=0.0,
        high=1.0,
        unit="share of projects",
        en="Projects turned to institution building",
        fr="Projets réorientés vers les institutions",
        decided_by="partners",
        source="M39; M41",
        meaning="Share of projects that go to institutions instead of what partners would have chosen; 0 leaves portfolios as "
        "they are.",
    )
    presence: float = lever(
        1.0,
        low=0.0,
        high=1.0,
        unit="share of partners",
        en="Partners that may be present",
        fr="Partenaires pouvant être présents",
        decided_by="partners",
        source="assumption; M65",
        meaning="Share of all potential partners that come or stay; the others are called home. 0: no partner but the training "
        "mission.",
    )
