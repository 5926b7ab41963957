"""What the steps and phases of the month are called by people, in English and in French.

Each label is a noun phrase that opens with a capital, so that it can head a line or, with a small letter, stand in a
sentence: "lost most by postings between units".
"""

from typing import NamedTuple

from ssa_sim.model.month import Phase
from ssa_sim.words.texts import Language


class RuleLabel(NamedTuple):
    """A rule's name for people."""

    en: str
    fr: str


RULE_LABELS: dict[str, RuleLabel] = {
    # 1 Calendar
    "open_month": RuleLabel("Opening of the month", "Ouverture du mois"),
    "change_minister": RuleLabel("Change of minister", "Changement de ministre"),
    "run_programmes": RuleLabel("Programmes that run this month", "Programmes en cours ce mois-ci"),
    "suspend_mission": RuleLabel("Suspension of the mission", "Suspension de la mission"),
    "rotate_contingent": RuleLabel("Rotation of contingents", "Relève des contingents"),
    "renew_budget": RuleLabel("Partners' yearly budgets", "Budgets annuels des partenaires"),
    "enter_or_leave": RuleLabel("Arrival and departure of partners", "Arrivée et départ de partenaires"),
    # 2 Security
    "move_foreign_forces": RuleLabel("Build-up or withdrawal of foreign forces", "Montée ou retrait des forces étrangères"),
    "remember_threat": RuleLabel("Threat at the start of the month", "Menace au début du mois"),
    "place_foreign_forces": RuleLabel("Stationing of foreign forces", "Stationnement des forces étrangères"),
    "move_threat": RuleLabel("Spread of the threat", "Propagation de la menace"),
    "suffer_violence": RuleLabel("Incidents and deaths", "Incidents et morts"),
    "weigh_insecurity": RuleLabel("Insecurity as seen from outside", "Insécurité vue de l'extérieur"),
    # 3 Operations
    "plan_operations": RuleLabel("Plan of operations", "Planification des opérations"),
    "come_back": RuleLabel("Relief from operations", "Relève d'opération"),
    "recall": RuleLabel("Recall from a course", "Rappel d'un stage"),
    "go_out": RuleLabel("Departure on operations", "Départ en opération"),
    "meet_the_threat": RuleLabel("Wear and combat on operations", "Usure et combats en opération"),
    "recover": RuleLabel("Rest and drift of morale", "Repos et évolution du moral"),
    "judge_operations": RuleLabel("Balance of the month's operations", "Bilan des opérations du mois"),
    # 4 Turnover
    "leave_the_army": RuleLabel("Departures from the army", "Départs de l'armée"),
    "move_away": RuleLabel("Postings to other units", "Mutations vers d'autres unités"),
    "pay_for_stabilisation": RuleLabel("Bonus for staying in the unit", "Prime de stabilité"),
    "send_officers": RuleLabel("Officers abroad and leadership", "Officiers à l'étranger et encadrement"),
    "report_vacancies": RuleLabel("Report of vacancies", "Déclaration des postes vacants"),
    "recruit": RuleLabel("Recruitment", "Recrutement"),
    "open_pool": RuleLabel("Distribution of soldiers in transit", "Répartition des soldats en transit"),
    "receive": RuleLabel("Arrival of newcomers", "Arrivée de nouveaux soldats"),
    # 5 Needs
    "state_needs": RuleLabel("Statement of the unit's needs", "Expression des besoins de l'unité"),
    "weigh_needs": RuleLabel("Weighing of the army's needs", "Pondération des besoins de l'armée"),
    "articulate_needs": RuleLabel("Statement of needs to partners", "Expression des besoins aux partenaires"),
    "hear_needs": RuleLabel("Partners' view of needs", "Perception des besoins par les partenaires"),
    # 6 Offers
    "offer_project": RuleLabel("Offers of projects", "Offres de projets"),
    # 7 Coordination
    "open_table": RuleLabel("Opening of the coordination table", "Ouverture de la table de coordination"),
    "share_plans": RuleLabel("Sharing of plans", "Partage des plans"),
    "settle_offers": RuleLabel("Settlement of offers", "Arbitrage des offres"),
    # 8 Delivery
    "open_hours": RuleLabel("Officer-hours for partners", "Heures d'officiers pour les partenaires"),
    "claim_hours": RuleLabel("Officer-hours claimed by projects", "Heures d'officiers prises par les projets"),
    "weigh_load": RuleLabel("Load on the host's staffs", "Charge des états-majors"),
    "deliver_projects": RuleLabel("Partners' projects", "Projets des partenaires"),
    "close_projects": RuleLabel("Closing of projects", "Clôture de projets"),
    # 9 Training
    "run_mission": RuleLabel("Running of the training mission", "Fonctionnement de la mission de formation"),
    "accompany_units": RuleLabel("Mentoring by the mission", "Accompagnement par la mission"),
    "follow_course": RuleLabel("Course of the training mission", "Stage de la mission de formation"),
    "open_places": RuleLabel("Places on courses", "Places de stage"),
    "count_untrained_unit": RuleLabel("Count of units never trained", "Décompte des unités jamais formées"),
    "join_course": RuleLabel("Departure on a course", "Départ en stage"),
    "practise_and_forget": RuleLabel("Practice and forgetting", "Pratique et oubli"),
    "lose_instructors": RuleLabel("Loss of the army's instructors", "Perte des instructeurs de l'armée"),
    # 10 Equipment
    "receive_gift": RuleLabel("Arrival of a single gift of vehicles", "Arrivée d'un don unique de véhicules"),
    "clear_fleet": RuleLabel("Opening of the fleet's count", "Ouverture du décompte du parc"),
    "report_fleet": RuleLabel("Report of the unit's vehicles", "Déclaration des véhicules de l'unité"),
    "spread_maintenance": RuleLabel("Maintenance of the fleet", "Maintenance du parc"),
    "bring_into_service": RuleLabel("Vehicles entering service", "Mise en service de véhicules"),
    "break_and_repair": RuleLabel("Breakdowns and repairs", "Pannes et réparations"),
    # 11 Interests and reform
    "open_payroll": RuleLabel("Opening of the payroll", "Ouverture de la solde"),
    "report_payroll": RuleLabel("Report of the unit's payroll", "Déclaration de solde de l'unité"),
    "report_aid": RuleLabel("Report of partners' aid", "Déclaration de l'aide des partenaires"),
    "take_rents": RuleLabel("Taking of rents", "Captation de rentes"),
    "weigh_interests": RuleLabel("Interests of those in power", "Intérêts du pouvoir"),
    "count_conditions": RuleLabel("Months that conditions are in force", "Mois d'application des conditions"),
    "pursue_reforms": RuleLabel("Pursuit of reforms", "Conduite des réformes"),
    "review_conditions": RuleLabel("Review of conditions", "Examen des conditions"),
    "fear_a_coup": RuleLabel("Hazard of a coup", "Risque de coup d'État"),
    "stage_coup": RuleLabel("Coup", "Coup d'État"),
    # 12 Population
    "fund_population_work": RuleLabel("Programmes for the population", "Programmes pour la population"),
    "remember_presence": RuleLabel("State presence at the start of the phase", "Présence de l'État au début de la phase"),
    "judge_forces": RuleLabel("Trust in the forces", "Confiance envers les forces"),
    "judge_foreigners": RuleLabel("Approval of foreign forces", "Approbation des forces étrangères"),
    "feed_grievance": RuleLabel("Grievances of the population", "Griefs de la population"),
    "arm_communities": RuleLabel("Arming of communities", "Armement des communautés"),
    "return_state": RuleLabel("Return or withdrawal of the state", "Retour ou retrait de l'État"),
    "own_aid": RuleLabel("Host's ownership of aid", "Appropriation de l'aide par l'hôte"),
    "judge_relations": RuleLabel("Relations of host and partners", "Relations entre l'hôte et les partenaires"),
    "expel_partners": RuleLabel("Expulsion of partners", "Expulsion de partenaires"),
    # 13 Learning
    "report_back": RuleLabel("Reports on the unit to the mission", "Retours sur l'unité vers la mission"),
    "weigh_reports": RuleLabel("Mission's knowledge of results", "Connaissance des résultats par la mission"),
    "review_mandate": RuleLabel("Review of the mission's mandate", "Révision du mandat de la mission"),
    # 14 Record
    "assess_readiness": RuleLabel("Assessment of readiness", "Évaluation de la disponibilité"),
    "count_unit": RuleLabel("Count of the unit", "Décompte de l'unité"),
    "count_donor": RuleLabel("Count of the partner", "Décompte du partenaire"),
}  # fmt: skip
"""By the rule's name; a test holds them against the schedule."""

FRENCH_PHASES: dict[str, str] = {
    "Calendar": "Calendrier",
    "Security": "Sécurité",
    "Operations": "Opérations",
    "Turnover": "Rotation du personnel",
    "Needs": "Besoins",
    "Offers": "Offres",
    "Coordination": "Coordination",
    "Delivery": "Exécution",
    "Training": "Formation",
    "Equipment": "Équipement",
    "Interests and reform": "Intérêts et réformes",
    "Population": "Population",
    "Learning": "Apprentissage",
    "Record": "Relevé",
}
"""The phases of the month in French."""


def rule_label(rule: str, language: Language) -> str:
    """What a rule is called in a language; `KeyError` where the schedule has no such rule."""
    label = RULE_LABELS[rule]
    return label.fr if language == "fr" else label.en


def phase_label(phase: Phase, language: Language) -> str:
    """What a phase is called in a language."""
    return FRENCH_PHASES[phase.name] if language == "fr" else phase.name
