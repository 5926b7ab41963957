/* Four rules of src/ssa_sim/model/rules, written by hand in C on the same records: how fast they could be.
 *
 * "records.h" is made from the model's NumPy types when the benchmark runs. Every expression keeps the order of its
 * Python original, so that results are equal bit for bit. Compile without -ffast-math and with -ffp-contract=off.
 */
#include <math.h>
#include <string.h>

#include "records.h"

typedef struct {
    nation_t *nation;
    unit_t *units;
    const levers_t *levers;         /* [months] */
    const parameters_t *parameters;
    const unit_draws_t *draws;      /* [months][units] */
    int64_t unit_count;
} world_t;

static inline double smaller(double a, double b) { return a < b ? a : b; }
static inline double larger(double a, double b) { return a > b ? a : b; }
static inline int64_t least(int64_t a, int64_t b) { return a < b ? a : b; }
static inline int64_t most(int64_t a, int64_t b) { return a > b ? a : b; }
static inline double clip(double value, double low, double high) { return smaller(larger(value, low), high); }

static inline int64_t whole(double uniform, double expected) { return (int64_t)floor(expected + uniform); }

static int64_t binomial_search(double uniform, int64_t count, double probability) {
    double odds = probability / (1.0 - probability);
    double mass = exp(count * log1p(-probability));
    double below = mass;
    int64_t successes = 0;
    while (uniform >= below && successes < count) {
        mass *= odds * (count - successes) / (successes + 1.0);
        successes += 1;
        below += mass;
    }
    return successes;
}

static int64_t binomial(double uniform, int64_t count, double probability) {
    if (count <= 0 || probability <= 0.0)
        return 0;
    if (probability >= 1.0)
        return count;
    if (uniform < 1.0 - count * probability)
        return 0;
    if (probability > 0.5)
        return count - binomial_search(1.0 - uniform, count, 1.0 - probability);
    return binomial_search(uniform, count, probability);
}

/* turnover.py */

static void remove_soldiers(unit_t *unit, int64_t count, double uniform) {
    int64_t present = unit->together + unit->elsewhere + unit->untrained;
    if (count <= 0)
        return;
    int64_t from_together = least(unit->together, whole(uniform, (double)(count * unit->together) / present));
    int64_t others = unit->elsewhere + unit->untrained;
    from_together = most(from_together, count - others);
    int64_t rest = count - from_together;
    int64_t from_elsewhere = 0;
    if (others > 0)
        from_elsewhere = least(unit->elsewhere, whole(1.0 - uniform, (double)(rest * unit->elsewhere) / others));
    from_elsewhere = most(least(from_elsewhere, rest), rest - unit->untrained);
    unit->together -= from_together;
    unit->elsewhere -= from_elsewhere;
    unit->untrained -= rest - from_elsewhere;
    unit->abroad = least(unit->abroad, unit->together + unit->elsewhere + unit->untrained);
}

static inline double ghost_rate(const nation_t *nation, const parameters_t *parameters) {
    if (parameters->mechanisms_rents <= 0.0)
        return 0.0;
    return parameters->turnover_ghost_rate * (1.0 - nation->host.reforms[HR_REFORM]);
}

static inline void leave_the_army(unit_t *unit, nation_t *nation, const levers_t *levers,
                                  const parameters_t *parameters, const unit_draws_t *draws) {
    int64_t present = unit->together + unit->elsewhere + unit->untrained;
    double rate = parameters->turnover_leaving_rate * (0.5 + unit->fatigue);
    if (unit->status == OPERATIONS)
        rate *= 1.0 + parameters->turnover_deployment_jump;
    rate = smaller(1.0, rate);
    int64_t left = binomial(draws->left, present, rate);
    unit->led_together *= 1.0 - rate;
    remove_soldiers(unit, left, draws->left_whom);
    nation->book.soldiers_left += left;
    unit->ghosts += binomial(draws->ghosts, left, ghost_rate(nation, parameters));
    double audited = parameters->turnover_audit_rate + parameters->reforms_audit_gain * nation->host.reforms[HR_REFORM];
    unit->ghosts -= binomial(draws->audit, unit->ghosts, audited);
}

/* drill.py */

static inline double share_still_there(double soldiers, double leaders, const parameters_t *parameters) {
    if (parameters->structures_drill_home == OF_UNIT)
        return 1.0;
    double share = leaders;
    if (parameters->structures_drill_home == COHORT)
        share = (1.0 - parameters->readiness_leader_weight) * soldiers + parameters->readiness_leader_weight * leaders;
    if (share <= 0.0)
        return 0.0;
    return exp(parameters->readiness_team_exponent * log(share));
}

static inline double in_use(const unit_t *unit, const parameters_t *parameters) {
    if (unit->status == TRAINING)
        return 1.0;
    if (unit->status == OPERATIONS)
        return parameters->training_use_on_operations;
    return parameters->training_use_at_rest;
}

static inline double kept_over_a_month(double half_life, double used, const parameters_t *parameters) {
    if (parameters->mechanisms_skill_decay <= 0.0)
        return 1.0;
    double idle = parameters->structures_decay == ALWAYS ? 1.0 : 1.0 - used;
    return exp(-log(2.0) * idle / half_life);
}

static inline void practise_and_forget(unit_t *unit, nation_t *nation, const levers_t *levers,
                                       const parameters_t *parameters, const unit_draws_t *draws) {
    double used = in_use(unit, parameters);
    double kept = kept_over_a_month(parameters->training_skill_half_life, used, parameters);
    double tactical_kept = kept_over_a_month(parameters->training_tactical_half_life, used, parameters);
    double ground = parameters->turnover_recruit_skill;
    unit->skill -= (1.0 - kept) * larger(0.0, unit->skill - ground);
    unit->habit *= tactical_kept;
    if (parameters->structures_decay == DRIFT && unit->status == OPERATIONS) {
        if (parameters->mechanisms_skill_decay > 0.0)
            unit->tactical -= parameters->training_drift * larger(0.0, unit->tactical - unit->habit);
    } else {
        unit->tactical *= tactical_kept;
    }
    for (int k = 0; k < KIT_TYPES; k++)
        if (unit->kit_working[k] == 0)
            unit->kit_known[k] *= kept;
    double fresh = 1.0 - unit->fatigue;
    double pace = parameters->training_practice * fresh;
    if (unit->status == OPERATIONS) {
        unit->skill += pace * larger(0.0, parameters->training_practice_ceiling - unit->skill);
        double led = smaller(1.0, unit->leadership / parameters->turnover_leadership_base);
        unit->habit += pace * larger(0.0, led * parameters->training_tactical_practice_ceiling - unit->habit);
        for (int k = 0; k < KIT_TYPES; k++)
            if (unit->kit_working[k] > 0)
                unit->kit_known[k] += parameters->training_practice * (1.0 - unit->kit_known[k]);
    } else if (unit->status == REST) {
        double needed = larger(parameters->training_instructors_needed * nation->units, 1.0);
        double taught = smaller(1.0, nation->host.instructors / needed);
        double own = parameters->training_rest_share * larger(0.0, parameters->training_practice_ceiling - unit->skill);
        double led = taught * larger(0.0, parameters->training_skill_ceiling - unit->skill);
        unit->skill += pace * larger(own, led);
    }
}

/* equipment.py */

static inline void break_and_repair(unit_t *unit, nation_t *nation, const levers_t *levers,
                                    const parameters_t *parameters, const unit_draws_t *draws) {
    if (parameters->mechanisms_breakdowns <= 0.0)
        return;
    double unaided = 1.0 - parameters->equipment_workshop_effect * nation->zones[unit->zone].workshop;
    double failure = unit->status == OPERATIONS ? nation->failure[1] : nation->failure[0];
    for (int k = 0; k < KIT_TYPES; k++) {
        if (unit->kit_working[k] == 0 && unit->kit_broken[k] == 0)
            continue;
        int64_t fixed = binomial(draws->repaired[k], unit->kit_broken[k], 1.0 - (1.0 - nation->repair[k]) * unaided);
        int64_t failed = binomial(draws->broken[k], unit->kit_working[k], failure);
        unit->kit_working[k] += fixed - failed;
        unit->kit_broken[k] += failed - fixed;
        int64_t left = binomial(draws->abandoned[k], unit->kit_broken[k],
                                parameters->equipment_abandon_rate * (1.0 - nation->coverage[k]) * unaided);
        unit->kit_broken[k] -= left;
        unit->kit_left += left;
        nation->book.vehicles_abandoned += left;
    }
}

/* readiness.py */

static inline double kit_part(unit_t *unit, const parameters_t *parameters) {
    int64_t working = 0;
    double known = 0.0;
    for (int k = 0; k < KIT_TYPES; k++) {
        working += unit->kit_working[k];
        known += unit->kit_working[k] * unit->kit_known[k];
    }
    unit->kit_match = known / most(working, 1);
    double usable = unit->kit_match;
    if (parameters->mechanisms_equipment_mismatch <= 0.0)
        usable = 1.0;
    double held = smaller(1.0, working / parameters->equipment_vehicles_needed);
    return held * (1.0 - parameters->readiness_kit_knowledge * (1.0 - usable));
}

static inline double doctrine_part(const unit_t *unit, const parameters_t *parameters) {
    double concentration = 0.0;
    for (int d = 0; d < LINEAGES; d++)
        concentration += unit->doctrine[d] * unit->doctrine[d];
    return 1.0 - parameters->readiness_confusion * (1.0 - concentration);
}

static inline double collective_part(const unit_t *unit, const parameters_t *parameters) {
    int64_t present = unit->together + unit->elsewhere + unit->untrained;
    double held = share_still_there((double)unit->together / most(present, 1), unit->led_together, parameters);
    double company = unit->habit + larger(0.0, unit->tactical - unit->habit) * held;
    double weight = parameters->readiness_battalion_weight;
    return (1.0 - weight) * company + weight * larger(unit->habit, unit->battalion_drill);
}

#define PARTS 7

static inline double mean_of(const double *parts, const double *weights, int64_t form) {
    double total = 0.0, mean = 0.0, least_part = 1.0;
    for (int i = 0; i < PARTS; i++) {
        total += weights[i];
        least_part = smaller(least_part, parts[i]);
        if (form == ADDITIVE)
            mean += weights[i] * parts[i];
        else if (form == GEOMETRIC)
            mean += weights[i] * log(parts[i]);
        else
            mean += weights[i] / parts[i];
    }
    if (form == WEAKEST_LINK)
        return least_part;
    if (form == ADDITIVE)
        return mean / total;
    if (form == GEOMETRIC)
        return exp(mean / total);
    return total / mean;
}

static inline void assess_readiness(unit_t *unit, nation_t *nation, const levers_t *levers,
                                    const parameters_t *parameters, const unit_draws_t *draws) {
    const parameters_t *p = parameters;
    int64_t present = unit->together + unit->elsewhere + unit->untrained;
    unit->fill_part = clip((double)(present - unit->abroad) / unit->strength, 0.0, 1.0);
    unit->skill_part = unit->skill;
    unit->collective_part = collective_part(unit, p);
    unit->kit_part = kit_part(unit, p);
    unit->doctrine_part = doctrine_part(unit, p);
    unit->leadership_part = unit->leadership;
    unit->condition_part = (1.0 - p->readiness_fatigue_weight * unit->fatigue) *
                           (1.0 - p->readiness_morale_weight * (1.0 - unit->morale));
    double floor = p->readiness_floor;
    double parts[PARTS] = {
        larger(unit->fill_part, floor),       larger(unit->skill_part, floor),    larger(unit->collective_part, floor),
        larger(unit->kit_part, floor),        larger(unit->doctrine_part, floor), larger(unit->leadership_part, floor),
        larger(unit->condition_part, floor),
    };
    double weights[PARTS] = {
        p->readiness_weight_fill,     p->readiness_weight_skill,      p->readiness_weight_collective,
        p->readiness_weight_kit,      p->readiness_weight_doctrine,   p->readiness_weight_leadership,
        p->readiness_weight_condition,
    };
    unit->readiness = mean_of(parts, weights, p->structures_readiness_form);
}

/* Months as the schedule has them: each rule for every unit, then the next rule. Every pass starts from the same state and
 * lives through months of its own, so that no branch can be learnt by heart.
 */

#define FOR_EVERY_UNIT(rule)                                                                   \
    for (int64_t index = 0; index < world->unit_count; index++)                                \
        rule(&world->units[index], world->nation, &world->levers[month], world->parameters,    \
             &world->draws[month * world->unit_count + index])

#define PASSES(name, steps)                                                                                        \
    void name(const world_t *world, const unit_t *units, const nation_t *nation, int64_t first, int64_t span,      \
              int64_t passes) {                                                                                    \
        for (int64_t pass = 0; pass < passes; pass++) {                                                            \
            memcpy(world->units, units, world->unit_count * sizeof *units);                                        \
            memcpy(world->nation, nation, sizeof *nation);                                                         \
            for (int64_t month = first + pass * span; month < first + (pass + 1) * span; month++) {                \
                steps;                                                                                             \
            }                                                                                                      \
        }                                                                                                          \
    }

PASSES(passes_of_leave_the_army, FOR_EVERY_UNIT(leave_the_army))
PASSES(passes_of_practise_and_forget, FOR_EVERY_UNIT(practise_and_forget))
PASSES(passes_of_break_and_repair, FOR_EVERY_UNIT(break_and_repair))
PASSES(passes_of_assess_readiness, FOR_EVERY_UNIT(assess_readiness))
PASSES(passes_of_all, FOR_EVERY_UNIT(leave_the_army); FOR_EVERY_UNIT(practise_and_forget);
       FOR_EVERY_UNIT(break_and_repair); FOR_EVERY_UNIT(assess_readiness))
