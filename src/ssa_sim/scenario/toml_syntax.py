"""What the TOML parser complains of, in words for somebody who does not know TOML."""

import re
import tomllib

from ssa_sim.scenario.number_words import how_to_write

_PLACE = re.compile(r"^(?P<fault>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)$", re.DOTALL)
_VALUE = re.compile(r"^\s*(?:[^=#\[]+=\s*)(?P<value>[^#]*?)\s*(?:#.*)?$")
_ALMOST_A_DATE = re.compile(r"\d{4}-\d{1,2}(-\d{1,2})?|\d{1,2}[/.]\d{1,2}[/.]\d{4}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_COMMA_IN_BRACES = re.compile(r"=\s*([-+]?\d+(?:,\d+)+)\s*[,}]")
_CURLY_QUOTES = "“”„«»‘’"


def explain(error: tomllib.TOMLDecodeError, text: str) -> tuple[int | None, str]:
    """The line of a syntax error, if known, and a sentence that says what is wrong with it."""
    place = _PLACE.match(str(error))
    fault = place["fault"] if place else str(error)
    lines = text.splitlines()
    if place is None or place["line"] is None or int(place["line"]) > len(lines):
        return None, f"The file ends too early: {_UNFINISHED.get(fault, 'its last line is not complete')}."
    number = int(place["line"])
    content = "".join(each if each.isprintable() else " " for each in lines[number - 1]).strip()
    return number, f"{_fault_in_words(fault)}{_hint(content)} The line reads: {content[:80]}"


def _fault_in_words(fault: str) -> str:
    for beginning, words in _FAULTS.items():
        if fault.startswith(beginning):
            return words
    return f"This is not TOML ({fault})."


_FAULTS = {
    "Cannot overwrite": "This key is already given further up; please keep one of the two.",
    "Cannot declare": "This table is already there further up; please put its keys together.",
    "Cannot mutate": "This table is already given further up in another form; please keep one of the two.",
    "Invalid date": "There is no such date.",
    "Invalid value": "The value cannot be read.",
    "Expected newline": "The line goes on where its value should have ended.",
    "Expected '=' after a key": "A key is followed by an equals sign and its value.",
    "Invalid statement": 'A line starts with a key, such as title = "..." or with a [table].',
    "Invalid initial character": "A key is made of letters, digits, _ and -, or is in quotes.",
    "Illegal character '\\n'": "The text has no closing quote on its line.",
    "Illegal character": "A character on this line, perhaps an invisible one, cannot stand there.",
    "Found invalid character": "A character on this line, perhaps an invisible one, cannot stand there.",
    "Unclosed inline table": "A table in braces must be closed on its line.",
    "Unescaped": "In a text in double quotes, a backslash is written twice; or use single quotes.",
}

_UNFINISHED = {
    "Invalid value": "a value is missing",
    "Unterminated string": "a text has no closing quotes",
    "Unclosed array": "a list has no closing bracket",
    "Unclosed inline table": "a table has no closing brace",
}


def _hint(content: str) -> str:
    """The likeliest mistake in a line, judged by its looks."""
    found = _VALUE.match(content)
    value = found["value"] if found else ""
    if any(quote in content for quote in _CURLY_QUOTES):
        return ' Please use plain quotes, "like this".'
    if value.lower() in ("true", "false"):
        return f" Write {value.lower()} in small letters."
    if _ALMOST_A_DATE.fullmatch(value) and not _DATE.fullmatch(value):
        return " A date is written as year-month-day with two-digit months and days: 2013-02-01."
    number = "" if is_toml(value) else how_to_write(value) or how_to_write(_in_braces(content))
    if number:
        return f" {number}."
    if re.fullmatch(r"[A-Za-z][\w .-]*", value):
        return f' A text is written in quotes: "{value}".'
    return ""


def _in_braces(content: str) -> str:
    """The first number with a comma in an inline table."""
    found = _COMMA_IN_BRACES.search(content)
    return found[1] if found else ""


def is_toml(value: str) -> bool:
    """Whether a text is a value as TOML writes it."""
    try:
        tomllib.loads(f"value = {value}")
    except ValueError:
        return False
    return True
