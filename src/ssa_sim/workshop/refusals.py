"""What the workshop refuses, so that the page can say why in the room's language."""

from ssa_sim.errors import InputError
from ssa_sim.workshop.texts import WorkshopTexts, texts_in


class RefusedError(InputError):
    """Something that cannot be done now; the message itself is in English.

    Attributes:
        name: of the text under "refusals".
        values: what fills its braces: numbers are written as the language writes them.
    """

    def __init__(self, name: str, **values: float | str) -> None:
        """Refuse for the reason of that name."""
        self.name = name
        self.values = values
        super().__init__(self.in_words(texts_in("en")))

    def in_words(self, texts: WorkshopTexts) -> str:
        """The message in a language."""
        shown = {
            key: value
            if isinstance(value, str)
            else texts.number(value)
            if isinstance(value, float)
            else texts.whole(value)
            for key, value in self.values.items()
        }
        return texts(f"refusals.{self.name}", **shown)
