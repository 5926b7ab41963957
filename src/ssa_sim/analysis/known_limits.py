"""What is known of rows of the pattern table that the baseline fails, in a sentence or two."""

from ssa_sim.catalogue.patterns import KNOWN_LIMITS
from ssa_sim.words.numbers import written
from ssa_sim.words.texts import Language, texts


def limit_of(row: str, language: Language = "en") -> str | None:
    """What is known of a row that the baseline fails; None if nothing is.

    Args:
        row: its id.
        language: of the sentence.
    """
    limit = KNOWN_LIMITS.get(row)
    if limit is None:
        return None
    said = texts(language, "patterns")
    if not limit.met_at:
        return said("limits.possible", words=said(f"limits.reasons.{row}"))
    points = [
        ", ".join(f"{path} = {written(f'{value:g}', language)}" for path, value in point.items())
        for point in limit.met_at
    ]
    return said("limits.met", points=said("limits.or").join(points), patterns=", ".join(limit.together_with))
