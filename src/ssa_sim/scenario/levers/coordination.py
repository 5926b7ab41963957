"""How partners settle who does what."""

from typing import Literal

from ssa_sim.scenario.fields import Group, lever


class CoordinationLevers(Group):
    """How partners settle who does what."""

    regime: Literal["none", "information", "lead_partner", "host_led", "binding"] = lever(
        "none",
        unit="choice",
        en="Coordination regime",
        fr="Régime de coordination",
        decided_by="partners and host",
        source="M19; M21",
        meaning="Who may ask partners to drop or redirect a duplicate: nobody, nobody but with plans exchanged "
        "(information), a lead partner, the host's ministry, or all bound by a pooled list.",
    )
    forum: Literal["none", "information"] = lever(
        "none",
        unit="choice",
        en="Information forum",
        fr="Instance d'échange d'informations",
        decided_by="partners and host",
        source="F14; M21",
        meaning="A standing meeting in which partners that take part see the plans of those that share them; what any regime "
        "but none brings with it.",
    )
    participation: float = lever(
        0.4,
        low=0.0,
        high=1.0,
        unit="share of partners",
        en="Partners taking part in coordination",
        fr="Partenaires participant à la coordination",
        decided_by="partners",
        source="assumption; F14; M20",
        meaning="Share of partners that come to the forum or submit to the regime.",
    )
