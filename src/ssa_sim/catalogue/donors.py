"""The partners: kinds of donors that assist the army, and how many of each might.

Traits are rows of `traits.toml`, the kinds themselves of `donors.toml`. A scenario replaces the list with `[[donors]]`.
"""

from typing import TYPE_CHECKING, Any

from pydantic import Field, create_model, model_validator

from ssa_sim.catalogue.groups import Group, fields_of, table
from ssa_sim.words.texts import words

_SHARES = ("course", "equipment", "advice", "infrastructure", "institutional", "mentoring")

if TYPE_CHECKING:

    class _Traits(Group):
        name: str
        label_en: str
        label_fr: str

        def __init__(self, **traits: Any) -> None: ...
        def __getattr__(self, name: str) -> Any: ...
else:
    _Traits = create_model(
        "_Traits",
        __base__=Group,
        name=(str, Field(description="By which files and results know it.")),
        label_en=(str, Field(description="What it is called in English.")),
        label_fr=(str, Field(description="What it is called in French.")),
        **fields_of("trait", table("traits")["donor"], words("en", "traits")["donor"], words("fr", "traits")["donor"]),
    )


class DonorProfile(_Traits):
    """A kind of partner. Each partner of the kind varies around these values by its own draws."""

    @model_validator(mode="after")
    def _portfolio_is_whole(self) -> "DonorProfile":
        whole = sum(getattr(self, share) for share in _SHARES)
        if abs(whole - 1.0) > 1e-6:
            raise ValueError(
                f"the shares {', '.join(_SHARES[:-1])} and {_SHARES[-1]} sum to {whole:.3f}; they must sum to 1"
            )
        return self

    def numbers(self) -> dict[str, Any]:
        """What results follow from: all of it but its labels."""
        return self.model_dump(exclude={"label_en", "label_fr"})


DEFAULT_PROFILES: tuple[DonorProfile, ...] = tuple(
    DonorProfile(name=name, label_en=words("en", "donors")[name], label_fr=words("fr", "donors")[name], **traits)
    for name, traits in table("donors").items()
)
