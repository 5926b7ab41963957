"""Standard output and error, made fit for whatever they lead to: an old code page, ASCII, or nowhere.

A stream that cannot encode a character gets its plain form, so that "−121" is never printed as "?121". Files are UTF-8 and
keep every character; JSON escapes what the stream lacks (`output.print_json`).
"""

import codecs
import os
import sys
import unicodedata

from ssa_sim.typography import MINUS

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


def plain(text: str) -> str:
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
    return plain(error.object[error.start : error.end]), error.end


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
