"""What zones, kinds of projects, functions, doctrines and types of equipment are called in figures."""

from ssa_sim.words.texts import Language

ZONES: dict[Language, dict[str, str]] = {
    "en": {"north": "North", "centre": "Centre", "south": "South"},
    "fr": {"north": "Nord", "centre": "Centre", "south": "Sud"},
}
KINDS: dict[Language, dict[str, str]] = {
    "en": {
        "course": "course",
        "equipment": "equipment",
        "advice": "advice",
        "infrastructure": "infrastructure",
        "institutional": "reform",
        "mentoring": "mentoring",
    },
    "fr": {
        "course": "stage",
        "equipment": "équipement",
        "advice": "conseil",
        "infrastructure": "infrastructure",
        "institutional": "réforme",
        "mentoring": "mentorat",
    },
}
FUNCTIONS: dict[Language, dict[str, str]] = {
    "en": {
        "infantry": "infantry",
        "logistics": "logistics",
        "human_resources": "personnel",
        "command": "command",
        "medical": "medical",
        "counter_ied": "counter-IED",
        "air": "air",
        "maintenance": "maintenance",
    },
    "fr": {
        "infantry": "infanterie",
        "logistics": "logistique",
        "human_resources": "personnel",
        "command": "commandement",
        "medical": "santé",
        "counter_ied": "anti-IED",
        "air": "air",
        "maintenance": "maintenance",
    },
}


def doctrine_name(lineage: int, language: Language) -> str:
    """What a doctrine is called: no real state stands behind a number."""
    if lineage == 0:
        return {"en": "0  the army’s own", "fr": "0  celle de l’armée"}[language]
    return {"en": "{}  foreign doctrine", "fr": "{}  doctrine étrangère"}[language].format(lineage)


def kit_name(kit: int, language: Language) -> str:
    """What a type of equipment is called."""
    special = {
        "en": ("the army’s standard", "the mission’s courses"),
        "fr": ("standard de l’armée", "stages de la mission"),
    }
    letter = "ABCDEFGH"[kit]
    return f"{letter} ({special[language][kit]})" if kit < len(special[language]) else letter
