"""Why the baseline fails a row of the pattern table, where the reason has been found.

A row that is missing here has no reason yet, or needs none. Keys are ids of rows in `patterns.py`.
"""

from collections.abc import Mapping

from ssa_sim.analysis.patterns import Text

KNOWN_LIMITS: Mapping[str, Text] = {
    "P2": Text(
        "Units, not places, are short: with three quarters of them on operations (F08) too few are at rest to fill the "
        "courses. Places half as many again add less than a tenth; a tempo of 60% overshoots. The 14,000 also count soldiers "
        "sent one by one to specialist courses, which the model knows only instead of units, not beside them.",
        "Ce sont les unités qui manquent, non les places : les trois quarts étant en opération (F08), trop peu sont au repos pour "
        "remplir les stages. Moitié plus de places n'ajoute pas un dixième ; un rythme de 60 % dépasse le but. Les 14 000 comptent "
        "aussi des soldats envoyés un à un en stage de spécialiste, ce que le modèle ne connaît qu'à la place des unités.",
    ),
    "P13b": Text(
        "Measures that fill the same gaps add little to one another: choosing by need and a binding list each put projects where "
        "they are needed, and both bring part of what equipment delivered with training brings. Holding units together adds to "
        "each of the others what it is worth alone, or more.",
        "Des mesures qui comblent les mêmes lacunes s'ajoutent peu : choisir selon les besoins et se lier à une liste placent chacun "
        "les projets là où il le faut, et apportent une partie de ce qu'apporte l'équipement livré avec la formation. Maintenir les "
        "unités ajoute à chacun des autres ce qu'il vaut seul, ou plus.",
    ),
}
