"""What the TOML parser complains of, in words for somebody who does not know TOML."""

import re
import tomllib

_PLACE = re.compile(r"^(?P<fault>.*) \(at (?:line (?P<line>\d+), column \d+|end of document)\)$", re.DOTALL)
_VALUE = re.compile(r"^\s*(?:[^=#\[]+=\s*)(?P<value>[^#]*?)\s*(?:#.*)?$")
_ALMOST_A_DATE = re.compile(r"\d{4}-\d{1,2}(-\d{1,2})?|\d{1,2}[/.]\d{1,2}[/.]\d{4}")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
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
    if re.fullmatch(r"[-+]?\d+,\d+", value):
        return f" Write the number with a point: {value.replace(',', '.')}."
    if _ALMOST_A_DATE.fullmatch(value) and not _DATE.fullmatch(value):
        return " A date is written as year-month-day with two-digit months and days: 2013-02-01."
    if re.fullmatch(r"[-+]?\d+(\.\d+)?\s*%", value):
        return " A share is written as a fraction: 40% is 0.4."
    if re.fullmatch(r"[A-Za-z][\w .-]*", value):
        return f' A text is written in quotes: "{value}".'
    if re.match(r"[-+]?\d+(\.\d+)?\s*[A-Za-z]", value):
        return " A number stands alone, without its unit."
    return ""
