"""The state of the world: one record type for each kind of actor, and the record of the nation that they share.

Records are NumPy structured types, so that a field has the same name in compiled rules, in Python, and in a debugger.
Everything is of fixed size for a given scenario; whole numbers count soldiers, vehicles and euros, so that nothing is
lost in rounding. Shares and indices lie in [0, 1] unless said otherwise.
"""

from typing import Any, NamedTuple

import numpy as np

ZONES = ("north", "centre", "south")
FUNCTIONS = (
    "infantry",
    "logistics",
    "human_resources",
    "command",
    "medical",
    "counter_ied",
    "air",
    "maintenance",
)
KINDS = ("course", "equipment", "advice", "infrastructure", "institutional", "mentoring")
REFORMS = ("hr", "pay", "logistics")
INFANTRY, LOGISTICS, HUMAN_RESOURCES, COMMAND, MEDICAL, COUNTER_IED, AIR, MAINTENANCE = range(8)
COURSE, EQUIPMENT, ADVICE, INFRASTRUCTURE, INSTITUTIONAL, MENTORING = range(6)
HR_REFORM, PAY_REFORM, LOGISTICS_REFORM = range(3)
OFFICES = ("minister", "general_staff", "personnel", "logistics", "regions")
MINISTER, GENERAL_STAFF, PERSONNEL, LOGISTICS_OFFICE, REGIONS = range(5)
BLOCKED, STALLED, MOVING = range(3)
REST, OPERATIONS, TRAINING = range(3)
NO_PROJECT, OFFERED, RUNNING, DELIVERED = range(4)
CAMP, FORWARD, MOBILE = range(3)
TARGETS = ("unit", "formation", "ministry", "police")
UNIT_TARGET, FORMATION, MINISTRY, POLICE = range(4)
USES = ("used", "saturated", "mismatched", "waiting", "rotting", "transaction", "lapsed")
USED, SATURATED, MISMATCHED, WAITING, ROTTING, TRANSACTION, LAPSED = range(7)
MINISTRY_LEVEL, STAFF_LEVEL, REGION_LEVEL = range(3)
FORCES = ("un", "french", "g5", "european", "regional", "contractors")
"""Foreign forces: the UN mission, the French operation, the joint force of the G5 Sahel, the European task force, the regional
force that came first, and private contractors whom the host calls."""
UN, FRENCH, G5, EUROPEAN, REGIONAL, CONTRACTORS = range(6)
PROGRAMMES = ("battalions", "sub_units", "leaders", "specialists", "trainers")
BATTALIONS, SUB_UNITS, LEADERS, SPECIALISTS, TRAINERS = range(5)

ZONE_COUNT = len(ZONES)
FUNCTION_COUNT = len(FUNCTIONS)
INTERNAL_SECURITY = FUNCTION_COUNT
"""What a project for police, gendarmerie and guard is for; the other functions are the army's."""
PROJECT_FUNCTIONS = (*FUNCTIONS, "internal_security")
KIND_COUNT = len(KINDS)
REFORM_COUNT = len(REFORMS)
OFFICE_COUNT = len(OFFICES)
TARGET_COUNT = len(TARGETS)
USE_COUNT = len(USES)
LEVEL_COUNT = 3
PROGRAMME_COUNT = len(PROGRAMMES)
FORCE_COUNT = len(FORCES)
KIT_TYPES = 5
STANDARD_KIT = 0
MISSION_KIT = 1
FOREIGN_KIT = 2  # the first of the types that neither the army nor the mission uses
LINEAGES = 6
HOST_LINEAGE = 0
MISSION_LINEAGES = 4
PROJECT_SLOTS = 6
COMPANIES_A_BATTALION = 4
"""A battalion (GTIA) is 600 to 700 soldiers (F04): four companies of 150, and their staff."""
SITES = 3


def _record(*fields: tuple[Any, ...]) -> np.dtype[Any]:
    return np.dtype(list(fields), align=True)


REAL = np.float64
WHOLE = np.int64

ZONE = _record(
    ("index", WHOLE),
    ("threat", REAL),  # strength of armed groups in the field
    ("threat_before", REAL),  # at the start of the month, so that zones move at the same time
    ("hidden", REAL),  # strength of those who have gone to ground or have not come out yet
    ("hidden_before", REAL),
    ("struck", REAL),  # of those in the field, beaten in battle this month
    ("grievance", REAL),
    ("grievance_ground", REAL),  # what does not come from what happens
    ("self_defence", REAL),
    ("attitude", REAL),  # of self-defence groups: -1 against the state to 1 with it
    ("local_share", REAL),  # of the soldiers on operations here this month, those from here
    ("soldiers_out", REAL),  # on operations here this month
    ("soldiers_from_here", REAL),
    ("state_presence", REAL),
    ("presence_before", REAL),  # when the phase began
    ("presence_at_start", REAL),
    ("trust", REAL),  # of the population in the forces
    ("approval", REAL),  # of foreign forces by the population
    ("abuse_memory", REAL),  # recent abuses, 0 none to 1
    ("foreign_soldiers", REAL),
    ("shielding", REAL),  # the same as far as they shield, in soldiers of the UN mission
    ("fighting", REAL),  # the same as far as they fight, in soldiers of medium weight
    ("harm", WHOLE),  # incidents this month in which foreign forces killed civilians
    ("vacuum", REAL),  # what foreign soldiers who left this month leave behind
    ("medical", REAL),  # formations that serve the units of the zone, each 0 none to 1 all that is needed
    ("counter_ied", REAL),
    ("air", REAL),
    ("workshop", REAL),
    ("facilities", REAL),
    ("mobility", REAL),  # what mines and ambushes leave of movement on the roads
    ("held", REAL),  # share of its positions that the army holds
    ("distance", REAL),  # to the camp, 0 near to 1 far
    ("deployment_share", REAL),  # of the army's operations, before the threat is weighed
    ("deaths_at_full_threat", REAL),  # a month
    ("violence_lasting", REAL),  # share of a month's surge of violence that is there the month after
    ("surge", REAL),  # log of what violence is beyond what the threat leads to expect, but for a constant
    ("hold", REAL),  # share of contests that the army wins, smoothed
    ("army_strength", REAL),  # this month's sum of readiness over units on operations, less those on a course
    ("army_coverage", REAL),  # against what the zone requires
    ("contact", REAL),  # probability that a unit on operations is engaged this month
    ("officers", WHOLE),  # police, gendarmes and guards at their posts
    ("posts", REAL),  # that the zone has for them
    ("police_skill", REAL),
    ("police_means", REAL),  # posts, vehicles and radios, 0 none to 1
    ("police_presence", REAL),  # how far they are there for people
    ("officers_wanted", REAL),  # that could be posted here this month
    ("contests", WHOLE),
    ("wins", WHOLE),
    ("abuses", WHOLE),
    ("incidents", WHOLE),
    ("deaths", WHOLE),
)

FORCE = _record(  # what it is like is fixed
    ("soldiers", REAL),
    ("peak", REAL),  # strength from which it is leaving
    ("left", REAL),  # soldiers who left this month
    ("came", REAL),
    ("share", REAL, (ZONE_COUNT,)),
    ("shield", REAL),  # how far a soldier shields people and state, one of the UN mission being one
    ("fight", REAL),
    ("harm", REAL),  # incidents a month, for a thousand soldiers at full threat
    ("accompany", REAL),  # share of its soldiers who go with units of the army
    ("cost", REAL),  # EUR a soldier and month
)

PROJECT = _record(
    ("status", WHOLE),
    ("kind", WHOLE),
    ("function", WHOLE),
    ("target", WHOLE),  # the unit, the formation of the zone, the ministry, or the police of the zone
    ("zone", WHOLE),
    ("unit", WHOLE),
    ("euros", WHOLE),
    ("paid", WHOLE),  # EUR
    ("waiting", WHOLE),  # EUR paid for work that is not handed over yet
    ("duration", WHOLE),  # months planned
    ("months_run", WHOLE),
    ("delivered", REAL),  # months of work done so far
    ("fit", REAL),  # how far it serves what is needed most, when offered or redirected
    ("hours", REAL),  # officer-hours a month that it costs the host
    ("duplicate", WHOLE),
    ("alone", WHOLE),  # goes ahead without the host's answer, and without the table
    ("division", WHOLE),  # keeps to an agreed division of fleets: the army's own type is given
)

DONOR = _record(
    ("profile", WHOLE),
    ("active", WHOLE),
    ("ever_active", WHOLE),
    ("member", WHOLE),  # keeps to the agreement, where there is one
    ("foregone", REAL),  # what it gave up of late to keep to it
    ("openness", REAL),  # fixed rank; takes part in coordination where below the share of participation
    ("candour", REAL),  # fixed rank; tells others its plans where below its readiness to share
    ("key", REAL),  # fixed; whom it prefers to help
    ("visibility", REAL),
    ("willingness", REAL),
    ("sharing", REAL),
    ("scruples", REAL),
    ("casualty_aversion", REAL),
    ("entry_threshold", REAL),
    ("patience", REAL),  # months
    ("annual_budget", WHOLE),  # EUR
    ("available", WHOLE),  # EUR of this year not yet committed
    ("lapsed", WHOLE),  # EUR that it never committed, so far
    ("lineage", WHOLE),
    ("kit_type", WHOLE),
    ("portfolio", REAL, (KIND_COUNT,)),
    ("preference", REAL, (FUNCTION_COUNT,)),
    ("internal_security", REAL),  # share of its projects that it likes to give to police, gendarmerie and guard
    ("police_heard", REAL),  # what it has heard of their needs
    ("insight", REAL),  # share of what the host says that its staff take in
    ("perceived", REAL, (FUNCTION_COUNT,)),
    ("turned_down", WHOLE),  # its last offer was declined
    ("consent", REAL, (FUNCTION_COUNT,)),  # what the host answered of late: 1 yes, -1 no, 0 forgotten
    ("projects", PROJECT, (PROJECT_SLOTS,)),
    ("use", WHOLE, (KIND_COUNT, TARGET_COUNT, USE_COUNT)),  # EUR: where the money of its projects ended, or waits
)

BATTALION = _record(
    ("index", WHOLE),
    ("call_months", WHOLE),  # that the present call to a course still holds; 0 where there is none
    ("months_since_training", WHOLE),
    ("drill", REAL),  # collective skill of the companies together, and of their staff
    ("present", WHOLE),  # soldiers of its companies this month
    ("together", WHOLE),  # those of them trained with their company
    ("led_together", REAL),  # share of its leaders who trained with it
)

UNIT = _record(
    ("index", WHOLE),
    ("called", WHOLE),  # its battalion is called to a course that it has not joined yet
    ("zone", WHOLE),
    ("strength", WHOLE),  # soldiers on the establishment
    ("origin", REAL, (ZONE_COUNT,)),  # shares of its soldiers by the zone from which they come
    ("together", WHOLE),  # soldiers trained with this unit
    ("elsewhere", WHOLE),  # soldiers trained with another unit or on their own
    ("untrained", WHOLE),
    ("ghosts", WHOLE),  # names on the payroll without a soldier
    ("officers", WHOLE),
    ("abroad", WHOLE),  # officers of the unit away on a course
    ("casualties", WHOLE),  # killed since the start
    (
        "cohort",
        WHOLE,
    ),  # soldiers trained together at the end of the last course of the whole, and who joined them since
    ("skill", REAL),  # mean individual skill
    ("tactical", REAL),  # collective skill of those who trained together
    ("habit", REAL),  # collective skill that the whole unit has from the field
    (
        "battalion_drill",
        REAL,
    ),  # what its battalion can do together, as far as it is still the battalion that learned it
    ("lesson", REAL),  # soldiers back from a battalion's course this month, times the drill that it taught
    ("leadership", REAL),
    ("led_together", REAL),  # share of its leaders who trained with it
    ("doctrine", REAL, (LINEAGES,)),  # mix over lineages, sums to 1
    ("kit_working", WHOLE, (KIT_TYPES,)),
    ("kit_broken", WHOLE, (KIT_TYPES,)),
    ("kit_depot", WHOLE, (KIT_TYPES,)),  # arrived, not yet in service
    ("kit_left", REAL),  # vehicles left behind for want of parts, as long as they are remembered
    ("kit_known", REAL, (KIT_TYPES,)),  # share of soldiers who know the type
    ("status", WHOLE),
    ("months_in_status", WHOLE),
    ("fatigue", REAL),
    ("morale", REAL),
    ("trainees", WHOLE),
    ("site", WHOLE),
    ("course_weeks", REAL),
    ("course_weeks_left", REAL),
    ("course_programme", WHOLE),
    ("course_paid", WHOLE),  # EUR
    ("times_trained", WHOLE),
    ("months_since_training", WHOLE),
    ("fill_part", REAL),
    ("skill_part", REAL),
    ("collective_part", REAL),
    ("kit_part", REAL),
    ("doctrine_part", REAL),
    ("leadership_part", REAL),
    ("condition_part", REAL),
    ("kit_match", REAL),
    ("readiness", REAL),
    ("projects", WHOLE, (KIND_COUNT, FUNCTION_COUNT)),  # for its battalion, kept by the battalion's first company
    ("known_projects", WHOLE, (KIND_COUNT, FUNCTION_COUNT)),  # those of them that partners tell one another
)

OFFICE = _record(
    ("months", WHOLE),  # that its holder has been in office
    ("changes", WHOLE),  # of holder since the start
    ("time", REAL),  # share of its work that gets done this month
    ("favour", REAL, (REFORM_COUNT,)),  # how far its holder is for each reform
)

HOST = _record(
    ("offices", OFFICE, (OFFICE_COUNT,)),
    ("clarity", REAL),
    ("ownership", REAL),
    ("reliance", REAL),  # on foreign forces
    ("coup_fear", REAL),
    ("will", REAL),  # to have a capable army
    ("files", REAL, (REFORM_COUNT,)),  # how far each reform is on its way to adoption
    ("adopted", WHOLE, (REFORM_COUNT,)),
    ("reforms", REAL, (REFORM_COUNT,)),  # how far each is in use
    ("reform_status", WHOLE, (REFORM_COUNT,)),  # blocked, stalled or moving this month
    (
        "reforms_at_review",
        REAL,
        (REFORM_COUNT,),
    ),  # what a review judges by, then or when conditional aid came into force
    ("conditions_months", WHOLE),  # that conditional aid has been in force, pauses left out
    ("conditions_due", WHOLE),  # EUR of conditional aid that the next review pays or withholds
    ("rents", REAL, (REFORM_COUNT,)),  # EUR a year that each reform would end
    ("belief", REAL),  # that money is withheld where a condition is not met
    ("coup_hazard", REAL),  # a month
    ("coups", WHOLE),
    ("coup_announced", WHOLE),  # the dated coup has been staged
    ("months_since_coup", WHOLE),
    ("relations", REAL),  # with partners
    ("integration", REAL),  # share of the former combatants who are to come that have been integrated
    ("accord", REAL),  # how far the accord is carried out and believed in
    ("rival_pull", REAL),
    ("withheld", REAL),  # recent withholding of conditional money, 0 none to 1
    ("expelled", WHOLE),  # foreign forces, mission and partners with scruples have been told to leave
    ("rights_culture", REAL),  # what of the programmes for the population runs this month
    ("consultation", REAL),
    ("communication", REAL),
    ("differentiation", REAL),
    ("state_return", WHOLE),  # numbered as the lever's choices
    ("payroll_soldiers", WHOLE),
    ("payroll_ghosts", WHOLE),
    ("payroll_together", WHOLE),
    ("payroll_morale", REAL),
    ("aid_euros", REAL),  # of running projects
    ("fitting_euros", REAL),  # the same, each by its fit
    ("present_budget", REAL),  # of present partners, EUR a year
    ("rival_budget", REAL),
    ("articulation", REAL),
    ("advice", REAL),  # what partners' advice has left at the ministry
    ("institution", REAL),
    ("advisers", REAL),  # how far the mission's advisers are listened to this month
    ("instructors", REAL),  # of the army's own
    ("hours_available", REAL, (LEVEL_COUNT,)),  # officer-hours a month: ministry, general staff, regions
    ("hours_claimed", REAL, (LEVEL_COUNT,)),
    ("served", REAL, (LEVEL_COUNT,)),  # share of what is claimed that there are hours for
    ("load", REAL),
    ("delivery", REAL),  # share of a month's work that projects get done, mean over the hours claimed
    ("need_sums", REAL, (FUNCTION_COUNT,)),
    ("needs", REAL, (FUNCTION_COUNT,)),
    ("unmet", REAL, (FUNCTION_COUNT,)),  # needs, less where many projects are at them already
    ("parts_sum", REAL),
    ("parts_need", REAL),  # vehicles broken, in depots or left behind, as a share of all that came
    ("articulated", REAL, (FUNCTION_COUNT,)),
    ("maintenance_cover", REAL),
    ("police_institution", REAL),  # what partners have built at the ministry of security
    ("police_crowding", REAL),  # by what it is less unmet for what is under way, 1 or more
    ("police_unmet", REAL),  # need for police
    ("police_articulated", REAL),  # what of it the state says
    ("police_claimed", REAL),  # officer-hours a month at the ministry of security
    ("police_served", REAL),
)

MISSION = _record(
    ("lineage", WHOLE),
    ("months_to_rotation", REAL),
    ("rotations", WHOLE),
    ("places_used", WHOLE, (SITES,)),
    ("places_free", WHOLE, (SITES,)),
    ("programme_used", WHOLE, (PROGRAMME_COUNT,)),
    ("programme_free", WHOLE, (PROGRAMME_COUNT,)),
    ("expected", WHOLE),  # soldiers of companies that are called, off operations, and have not come yet
    ("use", WHOLE, (KIND_COUNT, USE_COUNT)),  # EUR: where the mission's money ended, or waits
    ("instruction", WHOLE),  # EUR that courses took of the budget since it was last spent
    ("mentors", REAL),
    ("mentor_cover", REAL),  # share of units on operations that mentors accompany
    ("mentoring_effect", REAL),
    ("months_suspended", WHOLE),
    ("casualties_by_month", WHOLE, (12,)),  # a ring over the last year
    ("casualties", WHOLE),
    ("completions", WHOLE),
    ("battalion_completions", WHOLE),  # those of them on a battalion's course
    ("retrainings", WHOLE),
    ("retention_sum", REAL),
    ("suspended", WHOLE),  # this month, after a coup
    ("knowledge", REAL),  # of what becomes of those it trained
    ("seen_shallow", REAL),  # tactical skill missing where it looked
    ("seen_mismatch", REAL),  # equipment that soldiers do not know where it looked
    ("seen_absent", REAL),  # units that have not been on a course for long where it looked
    ("reports", WHOLE),  # of this month
    ("shallow_sum", REAL),
    ("mismatch_sum", REAL),
    ("absent_sum", REAL),
    ("months_to_review", WHOLE),
    ("more_weeks", REAL),  # what reviews have added to the course
    ("more_held", REAL),  # and to instruction on the units' own equipment
    ("more_mobile", REAL),  # and to mobile teams
    ("course_weeks", REAL),  # as offered this month
    ("on_held_kit", REAL),
    ("mobile_share", REAL),
)

POOL = _record(  # soldiers between two units
    ("trained", WHOLE),
    ("untrained", WHOLE),
    ("skill_sum", REAL),
    ("mean_skill", REAL),
    ("origin_sum", REAL, (ZONE_COUNT,)),  # soldiers by the zone from which they come
    ("mean_origin", REAL, (ZONE_COUNT,)),
    ("vacancies", WHOLE),
    ("trained_for_each", REAL),  # trained soldiers for each vacancy
    ("untrained_for_each", REAL),
)

BOOK = _record(  # every soldier, vehicle and euro that enters or leaves a stock, cumulative
    ("soldiers_initial", WHOLE),
    ("soldiers_recruited", WHOLE),
    ("soldiers_integrated", WHOLE),  # former combatants
    ("soldiers_killed", WHOLE),
    ("soldiers_deserted", WHOLE),
    ("soldiers_left", WHOLE),
    ("abuses", WHOLE),
    ("vehicles_initial", WHOLE),
    ("vehicles_given", WHOLE),
    ("vehicles_with_training", WHOLE),
    ("vehicles_destroyed", WHOLE),
    ("vehicles_abandoned", WHOLE),
    ("vehicles_never_deployed", WHOLE),
    ("donors_granted", WHOLE),
    ("donors_lapsed", WHOLE),
    ("donors_spent", WHOLE, (KIND_COUNT,)),
    ("donors_spent_on_dialogue", WHOLE),
    ("mission_granted", WHOLE),
    ("mission_standing", WHOLE),
    ("mission_instruction", WHOLE),
    ("mission_vehicles", WHOLE),
    ("mission_advisers", WHOLE),
    ("mission_mentors", WHOLE),
    ("mission_trainers", WHOLE),
    ("mission_tracking", WHOLE),
    ("conditions_granted", WHOLE),
    ("conditions_paid", WHOLE),
    ("conditions_withheld", WHOLE),
    ("population_granted", WHOLE),
    ("population_spent", WHOLE),
    ("gifts_spent", WHOLE),  # EUR for vehicles outside any project
    ("host_granted", WHOLE),
    ("host_maintenance", WHOLE),
    ("host_liaison", WHOLE),
    ("host_stabilisation", WHOLE),
    ("host_recruitment", WHOLE),
    ("officers_initial", WHOLE),  # of police, gendarmerie and guard
    ("officers_recruited", WHOLE),
    ("officers_killed", WHOLE),
    ("officers_left", WHOLE),
    ("police_completions", WHOLE),
    ("host_officers", WHOLE),  # EUR for recruiting them
    ("host_contractors", WHOLE),
    ("forces_granted", WHOLE),
    ("forces_spent", WHOLE),
    ("civilian_harm", WHOLE),  # incidents
    ("gifts_use", WHOLE, (USE_COUNT,)),  # the same, by where it ended
    ("partner_completions", WHOLE),
    ("projects_offered", WHOLE),
    ("projects_declined", WHOLE),
    ("projects_dropped", WHOLE),
    ("projects_redirected", WHOLE),
    ("projects_delivered", WHOLE),
    ("projects_late", WHOLE),
    ("projects_abandoned", WHOLE),
)

TALLY = _record(  # sums over actors for this month's outcomes
    ("units", WHOLE),
    ("on_operations", WHOLE),
    ("soldiers", WHOLE),
    ("together", WHOLE),
    ("ghosts", WHOLE),
    ("ready_soldiers", REAL),
    ("fill_sum", REAL),
    ("skill", REAL),
    ("collective", REAL),
    ("kit", REAL),
    ("doctrine", REAL),
    ("leadership", REAL),
    ("condition", REAL),
    ("match", REAL),
    ("dispersion", REAL),
    ("working", WHOLE),
    ("broken", WHOLE),
    ("depot", WHOLE),
    ("active_donors", WHOLE),
    ("donors_ever", WHOLE),
    ("projects", WHOLE),
    ("duplicates", WHOLE),
    ("project_euros", REAL),
    ("needed_euros", REAL),
    ("police_euros", REAL),
    ("budget", REAL),
    ("budget_squares", REAL),
    ("instalments", WHOLE),  # EUR paid on projects
    ("instalments_lost", REAL),  # what of it bought no project work
    ("money", WHOLE, (USE_COUNT,)),  # EUR of partners and mission so far, by where it ended
    ("able", WHOLE),  # units by class of readiness
    ("with_support", WHOLE),
    ("partly", WHOLE),
    ("battalion_drill", REAL),
)

NATION = _record(
    ("month", WHOLE),  # months since the start; -1 before the first
    ("calendar_month", WHOLE),  # 1 January to 12 December
    ("units", WHOLE),
    ("establishment", WHOLE),  # soldiers on the establishment of all units
    ("insecurity", REAL),
    ("forces", FORCE, (FORCE_COUNT,)),
    ("escorts", REAL),  # share of units on operations that foreign forces accompany
    ("posts_wanted", WHOLE),
    ("on_operations", WHOLE),
    ("deployment", REAL, (ZONE_COUNT,)),
    ("posting", REAL, (ZONE_COUNT,)),  # the same for the unit that goes out
    ("combatants_waiting", WHOLE),  # former combatants who come forward this month
    ("showy", REAL, (FUNCTION_COUNT,)),  # how well help with a function shows
    ("zones", ZONE, (ZONE_COUNT,)),
    ("host", HOST),
    ("mission", MISSION),
    ("pool", POOL),
    ("fleet", WHOLE, (KIT_TYPES,)),
    ("parts", REAL, (KIT_TYPES,)),  # vehicle-months of parts and mechanics that came with gifts
    ("coverage", REAL, (KIT_TYPES,)),  # share of what the type needs in parts and mechanics
    ("repair", REAL, (KIT_TYPES,)),  # probability that a broken vehicle of the type is repaired this month
    ("failure", REAL, (2,)),  # probability that a working vehicle fails this month: off operations, on them
    ("regime", WHOLE),  # of coordination last month, to see when it changes
    ("members", WHOLE),  # partners at the table
    ("complied", REAL),  # share of those asked of late who gave way
    ("asked", WHOLE),  # this month
    ("gave_way", WHOLE),
    ("projects", WHOLE, (KIND_COUNT, FUNCTION_COUNT + 1, ZONE_COUNT)),  # accepted and running
    ("known_projects", WHOLE, (KIND_COUNT, FUNCTION_COUNT + 1, ZONE_COUNT)),  # those that partners tell one another
    ("projects_running", WHOLE),
    ("officers_reserve", WHOLE),  # of police, gendarmerie and guard, without a post
    ("reserve_skill", REAL),  # their mean
    ("officers_wanted", REAL),  # that zones could take this month
    ("posting_share", REAL),
    ("book", BOOK),
    ("tally", TALLY),
    ("empty_tally", TALLY),
)


class World(NamedTuple):
    """All that one run reads and writes. `T` months, `U` units, `B` battalions, `D` donors; every array is structured."""

    nation: np.recarray[Any, Any]  # (1,) NATION
    units: np.recarray[Any, Any]  # (U,) UNIT
    battalions: np.recarray[Any, Any]  # (B,) BATTALION
    donors: np.recarray[Any, Any]  # (D,) DONOR
    levers: np.recarray[Any, Any]  # (T,) the levers in force each month
    parameters: np.recarray[Any, Any]  # (1,) uncertainties and switched mechanisms
    unit_draws: np.recarray[Any, Any]  # (T, U)
    battalion_draws: np.recarray[Any, Any]  # (T, B)
    donor_draws: np.recarray[Any, Any]  # (T, D)
    zone_draws: np.recarray[Any, Any]  # (T, 3)
    host_draws: np.recarray[Any, Any]  # (T, 1)
    mission_draws: np.recarray[Any, Any]  # (T, 1)
    unit_order: np.ndarray[Any, Any]  # (T, U) whole numbers: whose turn it is
    battalion_order: np.ndarray[Any, Any]  # (T, B)
    donor_order: np.ndarray[Any, Any]  # (T, D)
    history: np.recarray[Any, Any]  # (T,) one real number for each outcome
