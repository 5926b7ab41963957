"""Standard output and error, made fit for whatever they lead to: an old code page, ASCII, or nowhere.

A stream that cannot encode a character gets its plain form, so that "−121" is never printed as "?121". Files are UTF-8 and
keep every character; JSON escapes what the stream lacks (`output.print_json`).

Titles, commands, messages and paths come from files that somebody else may have written. A terminal takes some characters in
them for orders: to clear the screen, to write over lines, to turn letters round. So the streams of a command show each of them
as its number, and do nothing.
"""

import codecs
import os
import re
import sys
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TextIO, cast

from ssa_sim.typography import MINUS

if TYPE_CHECKING:
    from rich.console import Console

_WIDTH_OF_A_FILE = 160

PLAIN_FORMS = {
    MINUS: "-",
    "‐": "-",
    "‑": "-",
    "–": "-",
    "—": "-",
    "·": "|",
    "‘": "'",
    "’": "'",
    "“": '"',
    "”": '"',
    "„": '"',
    "«": '"',
    "»": '"',
    "×": "x",
    "÷": "/",
    "⁄": "/",
    "±": "+/-",
    "≤": "<=",
    "≥": ">=",
    "≠": "!=",
    "≈": "~",
    "∞": "inf",
    "←": "<-",
    "→": "->",
    "↔": "<->",
    "▲": "^",
    "◆": "*",
    "⚖": "=",
    "†": "#",
    "€": "EUR",
    "£": "GBP",
    "°": " deg",
    "œ": "oe",
    "Œ": "OE",
    "æ": "ae",
    "Æ": "AE",
    "ß": "ss",
    "ø": "o",
    "Ø": "O",
    "ł": "l",
    "Ł": "L",
    "ı": "i",
}
"""What stands for a character that Unicode does not take apart by itself, as it does an accented letter or a narrow space."""

_HANDLER = "ssa_sim.plain"
_PLAIN_ASCII = "plain-ascii"


def prepare_streams() -> None:
    """Give the standard streams plain forms for what they cannot encode, and open those that are closed to nowhere."""
    _open_closed()
    codecs.register_error(_HANDLER, _in_plain_form)
    codecs.register(_find_codec)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            is_ascii = codecs.lookup(stream.encoding).name == "ascii"
            stream.reconfigure(encoding=_PLAIN_ASCII if is_ascii else None, errors=_HANDLER)


def in_ascii(text: str) -> str:
    """A text in ASCII: plain forms for all characters beyond it, and "?" for those that have none."""
    return "".join(letter if letter.isascii() else _plain_letter(letter) for letter in text)


def speaks_unicode(stream: object) -> bool:
    """Whether a stream can encode every character; True where it does not say how it encodes."""
    return str(getattr(stream, "encoding", None) or "utf-8").lower().replace("_", "-").startswith("utf")


def _plain_letter(letter: str) -> str:
    if letter in PLAIN_FORMS:
        return PLAIN_FORMS[letter]
    parts = [part for part in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(part)]
    forms = [part if part.isascii() else PLAIN_FORMS.get(part) for part in parts]
    return "?" if not forms or None in forms else "".join(filter(None, forms))


def _in_plain_form(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return in_ascii(error.object[error.start : error.end]), error.end


def _find_codec(name: str) -> codecs.CodecInfo | None:
    """ASCII under a name that Click does not know: it takes a stream in ASCII for a mistake, and writes UTF-8 to it."""
    if name.replace("_", "-") != _PLAIN_ASCII:
        return None
    ascii_codec = codecs.lookup("ascii")
    return codecs.CodecInfo(
        encode=ascii_codec.encode,
        decode=ascii_codec.decode,
        incrementalencoder=ascii_codec.incrementalencoder,
        incrementaldecoder=ascii_codec.incrementaldecoder,
        streamreader=ascii_codec.streamreader,
        streamwriter=ascii_codec.streamwriter,
        name=_PLAIN_ASCII,
    )


def _open_closed() -> None:
    """Lead closed standard streams nowhere, so that no file that is opened later takes their place and gets what is printed."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            number = os.open(os.devnull, os.O_RDWR)
            os.set_inheritable(number, True)
            setattr(sys, name, open(number, mode, encoding="utf-8", closefd=False))  # noqa: SIM115  open until the end


ORDERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""Characters that do something on a terminal, in place of being seen: control characters, and those that turn text round."""


def without_orders(text: str) -> str:
    """A text in which characters that a terminal would obey are shown as their numbers; line breaks and tabs stay."""
    return ORDERS.sub(lambda found: _numbered(found.group()), text)


def _numbered(character: str) -> str:
    code = ord(character)
    return f"\\x{code:02x}" if code < 256 else f"\\u{code:04x}"


class PlainStream:
    """A stream that writes every text as `without_orders` gives it.

    Args:
        stream: where to.
    """

    def __init__(self, stream: TextIO) -> None:
        self.stream = stream

    def write(self, text: str) -> int:
        """Write a text; returns its length."""
        self.stream.write(without_orders(text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        """What else a stream can; not the bytes below it, which would go past `write`."""
        if name == "buffer":
            raise AttributeError(name)
        return getattr(self.stream, name)


@contextmanager
def plain_streams() -> Iterator[None]:
    """While it lasts, standard output and standard error are plain streams."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (stream and cast(TextIO, PlainStream(stream)) for stream in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def console(*, is_error: bool = False) -> "Console":
    """Standard output (or error): as wide as the terminal, or wide enough for any table where there is none.

    Its own orders, such as colours, reach the terminal; those in texts do not.
    """
    from rich.console import Console
    from rich.segment import Segment

    class PlainConsole(Console):
        def render(self, *given: Any, **settings: Any) -> Iterator[Segment]:
            for segment in super().render(*given, **settings):
                yield segment if segment.control else Segment(without_orders(segment.text), segment.style)

    shown: Any = sys.stderr if is_error else sys.stdout
    file = shown.stream if isinstance(shown, PlainStream) else shown
    return PlainConsole(file=file, width=None if file.isatty() else _WIDTH_OF_A_FILE, highlight=False)
