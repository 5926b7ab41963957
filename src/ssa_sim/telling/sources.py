"""What a parameter rests on, in words."""

from ssa_sim.catalogue.evidence import ASSUMPTION, evidence_register, parse_source
from ssa_sim.words.texts import Language, term


def source_in_words(text: str, language: Language) -> str:
    """What a `source` text says, to people: evidence ids, the documents behind them, or that it is an assumption."""
    source = parse_source(text)
    names = [term("values", ASSUMPTION, language)] if source.assumed else []
    named: dict[str, list[str]] = {}
    for id_ in source.ids:
        behind = evidence_register()[id_].documents
        named.setdefault(" + ".join(behind), []).append(id_)
    names += [f"{', '.join(ids)} ({document})" if document else ", ".join(ids) for document, ids in named.items()]
    return "; ".join(names)
