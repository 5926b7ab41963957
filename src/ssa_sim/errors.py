"""The kinds of error whose message says all: those that are the user's to mend, and work that cannot go on."""

from collections.abc import Iterable

MOST_LETTERS = 8
"""Named in a note; of the others it is said how many there are."""


class InputError(Exception):
    """Something in what the user gave that the user can mend; `str(error)` is the whole message."""

    def __init__(self, message: str, *, where: object = None, allowed: str | Iterable[object] | None = None) -> None:
        """Compose the message.

        Args:
            message: what is wrong, in one gentle sentence.
            where: the file, line, option or folder it is about; opens the message.
            allowed: what would have been right; closes the message. Several values are listed.
        """
        self.message = message
        self.where = None if where is None else str(where)
        self.allowed = allowed if allowed is None or isinstance(allowed, str) else _listed(allowed)
        super().__init__(message)

    def __str__(self) -> str:
        """The whole message: where, what is wrong, what is allowed."""
        opening = f"{self.where}: " if self.where else ""
        closing = f" Allowed: {self.allowed}." if self.allowed else ""
        stop = "." if closing and not self.message.endswith((".", "?", "!")) else ""
        return f"{opening}{self.message}{stop}{closing}"

    def __reduce__(self) -> tuple[object, ...]:
        """Rebuild an equal error after a trip between processes."""
        return (_rebuilt, (self.message, self.where, self.allowed))


class WorkError(RuntimeError):
    """What does the work cannot go on; `str(error)` says why, and what was done is kept."""


def _rebuilt(message: str, where: str | None, allowed: str | None) -> InputError:
    return InputError(message, where=where, allowed=allowed)


def _listed(values: Iterable[object]) -> str:
    return ", ".join(str(value) for value in values)


class MissingLetters(UserWarning):
    """Letters that a figure's font lacks; `str` says so in a sentence.

    Attributes:
        letters: each of them once.
    """

    def __init__(self, letters: Iterable[str]) -> None:
        """Of some letters."""
        self.letters = frozenset(letters)
        super().__init__("".join(sorted(self.letters)))

    def __str__(self) -> str:
        """The letters with their numbers in Unicode, and what stands in their place."""
        named = [_letter(letter) for letter in sorted(self.letters)]
        others = len(named) - MOST_LETTERS
        listed = ", ".join(named[:MOST_LETTERS]) + (f" and {others} others" if others > 0 else "")
        return f"The font of the figures has no letter for {listed}: a box stands in its place."


def _letter(letter: str) -> str:
    number = f"U+{ord(letter):04X}"
    return f"{letter} ({number})" if letter.isprintable() else number
