"""Every word that a report adds to labels, figures and sentences made elsewhere, in English and in French."""

from dataclasses import dataclass

from ssa_sim.typography import french
from ssa_sim.words.texts import Language


@dataclass(frozen=True)
class Wording:
    """The words of one language; braces are filled in."""

    kind: dict[str, str]
    made: str
    failed: str
    questions: str
    questions_alone: str
    findings: str
    overview: str
    overview_caption: str
    overview_cell: str
    overview_note: str
    free_levers: str
    overview_of_points: str
    how_sure: str
    sure: dict[str, tuple[str, ...]]
    changes: str
    changes_note: str
    changes_caption: str
    change_headings: tuple[str, ...]
    changes_nothing: str
    changes_besides: str
    since: str
    figures: str
    figure_number: str
    alt_comparison: str
    alt_waterfall: str
    caption_comparison: str
    caption_waterfall: str
    details: str
    table_comparison: str
    pairs_note: str
    table_levels: str
    table_mechanisms: str
    table_axes: str
    annex: str
    varies: str
    axes_headings: tuple[str, ...]
    table_spread: str
    spread_headings: tuple[str, ...]
    spread_note: str
    share: str
    share_drawn: str
    share_chosen: str
    share_by_chance: str
    table_single: str
    single_headings: tuple[str, ...]
    single_note: str
    reading: str
    method: str
    method_runs: str
    method_common: str
    method_verdicts: str
    method_single: str
    method_decomposition: str
    method_design: str
    methods: dict[str, str]
    parts: dict[str, str]
    priors: dict[str, str]
    limits: str
    limit_texts: tuple[str, ...]
    reference: str
    reference_caption: str
    sources: str
    sources_note: str
    provenance: str
    provenance_terms: dict[str, str]
    promise: str
    again: str
    range: str


WORDINGS: dict[Language, Wording] = {
    "en": Wording(
        kind={
            "comparison": "Comparison of policies by simulation",
            "decomposition": "What each mechanism costs, by simulation",
            "design": "Simulation over many assumptions",
            "single": "One policy, simulated",
        },
        made="Simulated on {date} with ssa_sim {version}: {runs} runs, {period}.",
        failed="{failed} of {runs} runs failed and {failed:is|are} left out; what follows holds for the others.",
        questions="The question, and what the simulation says",
        questions_alone="The question",
        findings="What the simulation says",
        overview="At a glance",
        overview_caption=(
            "Mean difference from “{first}” with its {level} interval; the verdict; and P(better): in what share of the runs it "
            "does better / the same / worse"
        ),
        overview_cell="{verdict}; {shares}",
        overview_note=(
            "Better and worse are meant in each outcome’s own direction: fewer deaths are better, and so is less money spent. "
            "“Undecided” does not mean that there is no effect. A verdict says that a difference is sure within the model, not "
            "that it is large."
        ),
        free_levers="Some of these policies’ levers cost nothing in the model: {levers}. What they would cost is in no sum here.",
        overview_of_points="In what share of the points each does better / the same / worse than “{first}”",
        how_sure="How to read this",
        sure={
            "comparison": (
                "Run for run, all policies meet the same chance events, so that much of the luck cancels out of a difference; its "
                "interval shows what is left of it.",
                "Verdicts hold for the whole table at once. They cover chance only: not what nobody knows about Mali, nor what "
                "the model leaves out.",
                "Compare policies with one another. A level, such as a number of deaths, is no estimate and no forecast.",
                "Most of the model’s numbers are assumptions, each with a range. A finding to act on should be tried under others.",
            ),
            "decomposition": (
                "Each mechanism was switched on and off beside every combination of the others, on the same chance events.",
                "Verdicts cover chance only: not what nobody knows about Mali, nor what the model leaves out.",
                "The shares say what causes the gap in the model. They are no measurement of Mali’s army.",
            ),
            "design": (
                "Every point is one set of values; what is shown is how outcomes spread over the points that were tried.",
                "The spread is that of the ranges chosen. It says what is possible within them, not what is likely.",
                "Compare policies with one another. A level, such as a number of deaths, is no estimate and no forecast.",
            ),
            "single": (
                "One policy alone answers no question: set it against another one.",
                "A level, such as a number of deaths, is no estimate and no forecast.",
            ),
        },
        changes="What each policy changes",
        changes_note="Everything that is not listed is as in “{first}”.",
        changes_caption="Levers that each policy sets otherwise than “{first}”",
        change_headings=("Lever", "In the reference", "Here", "Who decides", "What it costs", "Rests on"),
        changes_nothing="It changes nothing that matters for results.",
        changes_besides="Not a policy: this scenario assumes another world.",
        since="from {month}: {value}",
        figures="Figures",
        figure_number="Figure {number}",
        alt_comparison=(
            "{outcomes}: on the left the course of each policy over the months, on the right the mean difference of each from "
            "“{first}” with its interval. The tables below give the numbers."
        ),
        caption_comparison="Left: the median of each policy month by month, with the band that holds 90% of its runs. Right: each one’s mean difference from “{first}” with its {level} interval. Shown: {outcomes}.",
        caption_waterfall="How the first level becomes the last: what each mechanism adds to or takes from “{outcome}”, with its {level} interval.",
        alt_waterfall="Bars from the first level to the last, a bar a mechanism. The tables below give the numbers.",
        details="The numbers",
        table_comparison="{scenario}, compared with {first}",
        pairs_note="P(better): the shares of pairs of runs in which the scenario does better / exactly as well / worse.",
        table_levels="From level to level",
        table_mechanisms="What each mechanism does",
        table_axes="What varies",
        annex="Annex: what varies",
        varies="{count:One parameter varies: it is in the annex.|# parameters vary: they are listed in the annex.}",
        axes_headings=("Parameter", "Kind", "Values or range", "Shape", "Rests on"),
        table_spread="{scenario}: how outcomes spread over the points",
        spread_headings=("Outcome", "Points", "Lowest", "5%", "Median", "95%", "Highest", "Better / same / worse in"),
        spread_note=(
            "Each point’s value is a mean over its replications. “Better / same / worse in”: the shares of points in which the "
            "scenario does better than “{first}” at the same point, exactly as well, and worse."
        ),
        share="{better} ({low} to {high}) / {same} / {worse}",
        share_drawn=(
            "In parentheses: the exact 95% interval of the share that does better (Clopper and Pearson), which is what another draw of points from the "
            "same ranges would change. A share of points is no probability."
        ),
        share_chosen=(
            "The points were chosen, not drawn: the share holds for them alone and has no interval. It is no probability."
        ),
        share_by_chance="Each point is judged on a few runs: `ssa-sim discover` tells in how many of these futures other draws of chance might have decided otherwise.",
        table_single="{scenario}: outcomes of the runs",
        single_headings=("Outcome", "Lowest", "5%", "Median", "95%", "Highest"),
        single_note="{count:One run only.|Over # runs that differ in chance alone.}",
        reading="Reading the tables",
        method="Method",
        method_runs=(
            "An agent-based model of partners, a host ministry, a training mission, the army’s units, and the people and the state "
            "in three zones was run month by month, {period}: {scenarios}, {replications} of each, {runs} runs in all, root seed "
            "{seed}."
        ),
        method_common=(
            "Every draw of chance is named by seed, replication, purpose, actor and month, and is the same in all scenarios (common "
            "random numbers). The unit of analysis is the pair of runs that share their draws."
        ),
        method_verdicts=(
            "Intervals of mean paired differences are Student’s t intervals, or bias-corrected and accelerated bootstrap intervals "
            "where the differences are skewed (Cochran’s rule). A verdict is given where the p-value, adjusted by Holm’s step-down "
            "method for all {rows} rows together, is at most {risk}: so the risk of even one false “better” or “worse” is held to "
            "about that."
        ),
        method_single="With one scenario there is nothing to compare; no verdicts are given.",
        method_decomposition=(
            "All {points} subsets of {count} mechanisms were run. A mechanism’s effect is its Shapley value: what its acting adds, "
            "averaged over all orders in which the mechanisms could be switched on."
        ),
        method_design="The design has {points} points ({method}); every scenario is run at each.",
        methods={
            "grid": "all combinations of listed values",
            "one_at_a_time": "one value at a time",
            "latin_hypercube": "a Latin hypercube sample",
            "sobol": "a Sobol sample by Saltelli’s scheme",
            "morris": "Morris trajectories",
            "list": "a list of points",
        },
        parts={"levers": "lever", "uncertainties": "uncertainty", "mechanisms": "mechanism"},
        priors={"uniform": "uniform", "triangular": "triangular", "log_uniform": "uniform in the logarithm"},
        limits="Limits",
        limit_texts=(
            "No prediction. Dates and levels are those of a history that did not happen. The model serves to compare policies within "
            "it and to see why they differ.",
            "Most numbers are assumptions, each labelled and with a range. Intervals cover chance, not ignorance.",
            "A lever is carried out in full and obeyed. The struggle over whether it is agreed and enforced is mostly not in the "
            "model.",
            "What has no cost in the model looks cheaper than it is. Costs serve to compare, not to budget.",
            "Three zones, monthly steps, companies that are alike; armed groups are one number a zone. There is no economy, no "
            "election and no peace process.",
            "Actors follow rules and look at the present. Nobody anticipates a policy or games an indicator, except as far as belief "
            "in conditions stands for it.",
            "One case, Mali from 2013 to 2020, and few sources, one research note above all (IRSEM note 89, D. Tull, 2020).",
            "Nothing is operational: no real unit, person, government or place smaller than a region is judged or described.",
        ),
        reference="The reference",
        reference_caption="What “{first}” sets otherwise than the catalogue’s values, with its dated changes",
        sources="Sources named above",
        sources_note="`ssa-sim evidence ID` says what each one states.",
        provenance="Provenance",
        provenance_terms={
            "folder": "Result folder",
            "identity": "Identity of the question",
            "digest": "Digest of the results",
            "seed": "Root seed",
            "made": "Begun",
            "command": "Command",
            "model": "Model version",
            "versions": "Versions",
            "platform": "Platform",
            "promise": "Promise",
            "again": "To check",
        },
        promise=(
            "The same bits come back from the same model version, with the same versions of Python, NumPy, Numba and llvmlite, on the "
            "same kind of processor, operating system and C library; elsewhere agreement to several digits is likely, but not "
            "promised. They do not depend on the number of workers, the order of the runs, interruptions, the engine, or a cluster."
        ),
        again="`ssa-sim verify {folder}`, in the folder that holds this result folder, makes a sample of the runs again and compares them bit for bit.",
        range="{low} to {high}",
    ),
    "fr": french(
        Wording(
            kind={
                "comparison": "Comparaison de politiques par simulation",
                "decomposition": "Ce que coûte chaque mécanisme, par simulation",
                "design": "Simulation sous de nombreuses hypothèses",
                "single": "Une politique simulée",
            },
            made="Simulé le {date} avec ssa_sim {version} : {runs} simulations, {period}.",
            failed="{failed:# simulation|# simulations} sur {runs} {failed:a échoué et est écartée|ont échoué et sont écartées} ; ce "
            "qui suit vaut pour les autres.",
            questions="La question, et ce que dit la simulation",
            questions_alone="La question",
            findings="Ce que dit la simulation",
            overview="En un coup d’œil",
            overview_caption=(
                "Écart moyen par rapport à « {first} », avec son intervalle à {level} ; verdict ; et P(meilleur) : dans quelle part "
                "des simulations il fait mieux / aussi bien / moins bien"
            ),
            overview_cell="{verdict} ; {shares}",
            overview_note=(
                "Meilleur et moins bon s’entendent dans le sens propre à chaque résultat : moins de morts est meilleur, moins "
                "d’argent dépensé aussi. « Indécis » ne veut pas dire sans effet. Un verdict dit qu’un écart est sûr dans le "
                "modèle, non qu’il est grand."
            ),
            free_levers="Certains des leviers de ces politiques ne coûtent rien dans le modèle : {levers}. Ce qu’ils coûteraient n’est dans aucune somme ici.",
            overview_of_points="Part des points où chacun fait mieux / aussi bien / moins bien que « {first} »",
            how_sure="Comment lire ces résultats",
            sure={
                "comparison": (
                    "Simulation par simulation, toutes les politiques rencontrent les mêmes hasards : une bonne part du hasard s’annule "
                    "dans un écart ; son intervalle montre ce qu’il en reste.",
                    "Les verdicts valent pour tout le tableau à la fois. Ils ne couvrent que le hasard : ni ce que personne ne sait du "
                    "Mali, ni ce que le modèle laisse de côté.",
                    "Comparez les politiques entre elles. Un niveau, tel un nombre de morts, n’est ni une estimation ni une prévision.",
                    "La plupart des nombres du modèle sont des hypothèses, chacune avec sa plage. Avant d’agir, il faut éprouver un "
                    "constat sous d’autres hypothèses.",
                ),
                "decomposition": (
                    "Chaque mécanisme a été activé et désactivé à côté de toutes les combinaisons des autres, sur les mêmes hasards.",
                    "Les verdicts ne couvrent que le hasard : ni ce que personne ne sait du Mali, ni ce que le modèle laisse de côté.",
                    "Les parts disent ce qui cause l’écart dans le modèle. Elles ne mesurent pas l’armée malienne.",
                ),
                "design": (
                    "Chaque point est un jeu de valeurs ; on montre comment les résultats se dispersent sur les points essayés.",
                    "La dispersion est celle des plages choisies. Elle dit ce qui y est possible, non ce qui est probable.",
                    "Comparez les politiques entre elles. Un niveau, tel un nombre de morts, n’est ni une estimation ni une prévision.",
                ),
                "single": (
                    "Une politique seule ne répond à aucune question : comparez-la à une autre.",
                    "Un niveau, tel un nombre de morts, n’est ni une estimation ni une prévision.",
                ),
            },
            changes="Ce que change chaque politique",
            changes_note="Tout ce qui n’est pas listé est comme dans « {first} ».",
            changes_caption="Leviers que chaque politique règle autrement que « {first} »",
            change_headings=("Levier", "Dans la référence", "Ici", "Qui décide", "Ce que cela coûte", "Repose sur"),
            changes_nothing="Elle ne change rien qui compte pour les résultats.",
            changes_besides="Ce n’est pas une politique : ce scénario suppose un autre monde.",
            since="dès {month} : {value}",
            figures="Figures",
            figure_number="Figure {number}",
            alt_comparison=(
                "{outcomes} : à gauche le cours de chaque politique au fil des mois, à droite l’écart moyen de chacune par rapport à "
                "« {first} » avec son intervalle. Les tableaux plus bas donnent les nombres."
            ),
            caption_comparison="À gauche : la médiane de chaque politique mois par mois, avec la bande qui contient 90 % de ses simulations. À droite : l’écart moyen de chacune par rapport à « {first} », avec son intervalle à {level}. Résultats montrés : {outcomes}.",
            caption_waterfall="Comment on passe du premier niveau au dernier : ce que chaque mécanisme ajoute ou ôte à « {outcome} », avec son intervalle à {level}.",
            alt_waterfall=(
                "Barres du premier niveau au dernier, une par mécanisme. Les tableaux plus bas donnent les nombres."
            ),
            details="Les nombres",
            table_comparison="{scenario}, comparé à {first}",
            pairs_note="P(meilleur) : les parts des paires de simulations où le scénario fait mieux / exactement aussi bien / moins bien.",
            table_levels="De niveau en niveau",
            table_mechanisms="Ce que fait chaque mécanisme",
            table_axes="Ce qui varie",
            annex="Annexe : ce qui varie",
            varies="{count:Un seul paramètre varie : il est en annexe.|# paramètres varient : la liste en est en annexe.}",
            axes_headings=("Paramètre", "Sorte", "Valeurs ou plage", "Forme", "Repose sur"),
            table_spread="{scenario} : dispersion des résultats sur les points",
            spread_headings=(
                "Résultat",
                "Points",
                "Minimum",
                "5 %",
                "Médiane",
                "95 %",
                "Maximum",
                "Mieux / égal / moins bien dans",
            ),
            spread_note=(
                "La valeur d’un point est une moyenne sur ses réplications. « Mieux / égal / moins bien dans » : les "
                "parts des points où le scénario fait mieux que « {first} » au même point, exactement aussi bien, et moins bien."
            ),
            share="{better} ({low} à {high}) / {same} / {worse}",
            share_drawn=(
                "Entre parenthèses : l’intervalle exact à 95 % de la part où il fait mieux (Clopper et Pearson), c’est-à-dire ce que changerait un "
                "autre tirage de points dans les mêmes plages. Une part de points n’est pas une probabilité."
            ),
            share_chosen=(
                "Les points ont été choisis, non tirés : la part ne vaut que pour eux et n’a pas d’intervalle. Ce n’est pas une "
                "probabilité."
            ),
            share_by_chance="Chaque point est jugé sur quelques simulations : `ssa-sim discover` dit dans combien de ces futurs d’autres tirages du hasard auraient pu trancher autrement.",
            table_single="{scenario} : résultats des simulations",
            single_headings=("Résultat", "Minimum", "5 %", "Médiane", "95 %", "Maximum"),
            single_note="{count:Une seule simulation.|Sur # simulations qui ne diffèrent que par le hasard.}",
            reading="Lire les tableaux",
            method="Méthode",
            method_runs=(
                "Un modèle multi-agents des partenaires, d’un ministère hôte, d’une mission de formation, des unités de l’armée, de la "
                "population et de l’État dans trois zones a été simulé mois par mois, {period} : {scenarios}, {replications} de "
                "chacun, {runs} simulations en tout, graine {seed}."
            ),
            method_common=(
                "Chaque tirage porte un nom (graine, réplication, objet, acteur, mois) et il est le même dans tous les scénarios (nombres "
                "aléatoires communs). L’unité d’analyse est la paire de simulations qui partagent leurs tirages."
            ),
            method_verdicts=(
                "Les intervalles des écarts moyens appariés sont ceux de Student, ou des intervalles bootstrap (BCa) là où les écarts sont "
                "asymétriques (règle de Cochran). Un verdict est rendu quand la valeur p, corrigée par la méthode de Holm pour les {rows} "
                "lignes ensemble, est d’au plus {risk} : le risque d’un seul faux « meilleur » ou « moins bon » est "
                "ainsi tenu à environ cette valeur."
            ),
            method_single="Avec un seul scénario il n’y a rien à comparer ; aucun verdict n’est rendu.",
            method_decomposition=(
                "Les {points} sous-ensembles de {count} mécanismes ont été simulés. L’effet d’un mécanisme est sa valeur de Shapley : "
                "ce que son action ajoute, en moyenne sur tous les ordres d’activation possibles."
            ),
            method_design="Le plan compte {points} points ({method}) ; chaque scénario est simulé à chacun.",
            methods={
                "grid": "toutes les combinaisons de valeurs listées",
                "one_at_a_time": "une valeur à la fois",
                "latin_hypercube": "un échantillon en hypercube latin",
                "sobol": "un échantillon de Sobol selon le schéma de Saltelli",
                "morris": "des trajectoires de Morris",
                "list": "une liste de points",
            },
            parts={"levers": "levier", "uncertainties": "incertitude", "mechanisms": "mécanisme"},
            priors={"uniform": "uniforme", "triangular": "triangulaire", "log_uniform": "uniforme en logarithme"},
            limits="Limites",
            limit_texts=(
                "Aucune prévision. Dates et niveaux sont ceux d’une histoire qui n’a pas eu lieu. Le modèle sert à comparer des politiques "
                "en son sein et à voir pourquoi elles diffèrent.",
                "La plupart des nombres sont des hypothèses, signalées comme telles et avec une plage. Les intervalles couvrent le hasard, "
                "non l’ignorance.",
                "Un levier est appliqué en entier et obéi. La lutte pour qu’il soit accepté et appliqué n’est le plus souvent pas dans le "
                "modèle.",
                "Ce qui ne coûte rien dans le modèle paraît moins cher qu’en réalité. Les coûts servent à comparer, non à budgéter.",
                "Trois zones, des pas d’un mois, des compagnies semblables ; les groupes armés sont un nombre par zone. Ni économie, ni "
                "élections, ni processus de paix.",
                "Les acteurs suivent des règles et regardent le présent. Personne n’anticipe une politique ni ne joue avec un indicateur, "
                "sauf dans la mesure où la crédibilité des conditions en tient lieu.",
                "Un seul cas, le Mali de 2013 à 2020, et peu de sources, une note de recherche surtout (IRSEM, note 89, D. Tull, 2020).",
                "Rien d’opérationnel : aucune unité, personne ou gouvernement réels, aucun lieu plus petit qu’une région n’y est jugé ni "
                "décrit.",
            ),
            reference="La référence",
            reference_caption=(
                "Ce que « {first} » règle autrement que les valeurs du catalogue, avec ses changements datés"
            ),
            sources="Sources nommées plus haut",
            sources_note="`ssa-sim evidence ID` dit ce que chacune énonce.",
            provenance="Provenance",
            provenance_terms={
                "folder": "Dossier de résultats",
                "identity": "Identité de la question",
                "digest": "Empreinte des résultats",
                "seed": "Graine",
                "made": "Commencé",
                "command": "Commande",
                "model": "Version du modèle",
                "versions": "Versions",
                "platform": "Plateforme",
                "promise": "Promesse",
                "again": "Pour vérifier",
            },
            promise=(
                "Les mêmes bits reviennent avec la même version du modèle, les mêmes versions de Python, NumPy, Numba et llvmlite, sur le "
                "même type de processeur, de système et de bibliothèque C ; ailleurs un accord à plusieurs chiffres est probable, mais "
                "non promis. Ils ne dépendent ni du nombre de processus, ni de l’ordre des simulations, ni des interruptions, ni du moteur, "
                "ni d’une grappe."
            ),
            again="`ssa-sim verify {folder}`, dans le dossier qui contient ce dossier de résultats, refait un échantillon des simulations et les compare bit à bit.",
            range="{low} à {high}",
        )
    ),
}
