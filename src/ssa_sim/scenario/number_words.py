"""Numbers as people write them, and how the same numbers are written here."""

import math
import re

_SPACES = "[ \u00a0\u2009\u202f]"
_DASHES = str.maketrans({"\u2212": "-", "\u2013": "-"})
_LOOKED_AT = 60
"""Characters of a text; no number is longer."""

_DIVIDED = re.compile(rf"(?<=\d)(?:{_SPACES}|['’])(?=\d{{3}}(?!\d))")
"""What stands between the thousands of 12 500 and 12'500."""
_MOST_DIGITS_WRITTEN = 1e15
_NUMBER = re.compile(r"[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?")
_GROUPED = re.compile(
    r"(?P<whole>[-+]?[1-9]\d{0,2}(?P<mark>[.,])\d{3}(?:(?P=mark)\d{3})*)(?:(?!(?P=mark))[.,](?P<decimals>\d+))?"
)
_COMMA = re.compile(r"[-+]?\d*,\d+")
_PERCENT = re.compile(rf"([-+]?\d+(?:[.,]\d+)?){_SPACES}?%")
_RATIO = re.compile(r"([-+]?\d{1,6}) ?[/\u2044] ?([1-9]\d{0,5})")
_WITH_UNIT = re.compile(r"[-+]?\d[\d.,]* ?[^\W\d_][^=]*|(?:[€$£]|[A-Za-z]{1,4}) ?[-+]?\d[\d.,]*|[-+]?\d[\d.,]* ?[€$£]")


def how_to_write(text: str, *, is_whole: bool = False) -> str:
    """A sentence without its stop on how the number that a text means is written; empty if it looks like none.

    Args:
        text: as somebody wrote it.
        is_whole: only whole numbers are allowed where it stands.
    """
    meant = _DIVIDED.sub("", text.strip().strip("\"'").strip()[:_LOOKED_AT].translate(_DASHES))
    grouped = _GROUPED.fullmatch(meant)
    if grouped and (grouped["mark"] == "," or is_whole or meant.count(".") > 1 or grouped["decimals"]):
        return _without_groups(grouped, is_whole=is_whole)
    if _NUMBER.fullmatch(meant):
        worth = float(meant)
        if "e" in meant.lower() and math.isfinite(worth) and abs(worth) < _MOST_DIGITS_WRITTEN:
            return f"Write {worth:.0f}" if worth.is_integer() else f"Write {worth:.15g}"
        return f"Write {_with_zeros(meant)}" if math.isfinite(worth) else "It is too large for any number"
    if _COMMA.fullmatch(meant):
        return f"Write the number with a point: {_with_zeros(meant.replace(',', '.'))}"
    if percent := _PERCENT.fullmatch(meant):
        number = percent[1].replace(",", ".")
        return f"A share is written as a fraction: {number}% is {float(number) / 100:.10g}"
    if ratio := _RATIO.fullmatch(meant):
        return f"Write {int(ratio[1]) / int(ratio[2]):.6g}"
    return "A number stands alone, without its unit" if _WITH_UNIT.fullmatch(meant) else ""


def _without_groups(grouped: "re.Match[str]", *, is_whole: bool) -> str:
    """How a number with marks between its thousands is written; with one mark alone it may be those or the decimals'."""
    mark, whole = grouped["mark"], grouped["whole"]
    digits = whole.replace(mark, "")
    if grouped["decimals"]:
        return f"Write {digits}.{grouped['decimals']}"
    if whole.count(mark) > 1:
        return f"Write {digits}"
    small = float(whole.replace(mark, "."))
    name = {",": "comma", ".": "point"}[mark]
    return f"The {name} has two readings: write {digits} or {int(small) if is_whole and small.is_integer() else small}"


def _with_zeros(number: str) -> str:
    """A number with digits on both sides of its point, and no needless zeros or plus before them."""
    sign = "-" if number.startswith("-") else ""
    mantissa, power, exponent = number.lstrip("+-").partition("e" if "e" in number else "E")
    whole, point, rest = mantissa.partition(".")
    return f"{sign}{whole.lstrip('0') or '0'}{point}{rest or ('0' if point else '')}{power}{exponent}"
