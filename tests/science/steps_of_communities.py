"""Cases by hand: communities and the accord."""

from small_world import by_hand

NORTH = 0
SIDES = {
    "zone.attitude": -0.2,
    "zone.trust": 0.4,
    "zone.abuse_memory": 0.5,
    "host.consultation": 0.25,
    "communities.speed": 0.5,
    "communities.dialogue_gain": 0.4,
    "communities.abuse_weight": 0.6,
}
ACCORD = {
    "accord.in_force": 1,
    "communities.combatants": 400.0,
    "communities.accord_base": 0.2,
    "communities.accord_done": 0.4,
    "communities.accord_state": 0.3,
    "communities.accord_trust": 0.2,
    "communities.accord_war": 0.5,
    "communities.accord_speed": 0.25,
    "zones[0].state_presence": 0.5,
    "zones[0].trust": 0.25,
    "zones[0].threat": 0.2,
    "zones[1].threat": 0.9,  # elsewhere
    "book.soldiers_integrated": 100,
    "host.accord": 0.5,
}
COME = {
    "accord.in_force": 1,
    "accord.integration": 1200,
    "communities.combatants": 400.0,
    "book.soldiers_integrated": 100,
    "host.accord": 0.255,
    "nation.combatants_waiting": 9,  # last month
}
TAKES = {
    "unit.zone": NORTH,
    "unit.strength": 100,
    "unit.together": 40,
    "unit.elsewhere": 20,
    "unit.untrained": 20,
    "unit.ghosts": 5,
    "unit.skill": 0.5,
    "unit.habit": 0.4,
    "unit.origin": [0.2, 0.2, 0.6],
    "nation.combatants_waiting": 20,
    "communities.combatant_skill": 0.3,
    "communities.integration_cost": 10.5,
}
FILLED = {
    "nation.combatants_waiting": 5,
    "unit.untrained": 35,
    "unit.skill": (80 * 0.5 + 15 * 0.3) / 95,
    "unit.habit": 0.4 * 80 / 95,
    "unit.origin[0]": (80 * 0.2 + 15) / 95,
    "unit.origin[1]": 80 * 0.2 / 95,
    "unit.origin[2]": 80 * 0.6 / 95,
    "book.soldiers_integrated": 15,
    "book.population_granted": 157,
    "book.population_spent": 157,
}

CASES = (
    *by_hand(
        "take_sides",
        SIDES,
        (
            "with whom people trust and are asked by, against those who abuse them",
            {},
            {"zone.attitude": -0.2 + 0.5 * (-0.2 + 0.1 - 0.3 + 0.2)},
        ),
        (
            "no further than all the way",
            {"zone.trust": 1.0, "host.consultation": 1.0, "zone.abuse_memory": 0.0},
            {"zone.attitude": 0.4},
        ),
    ),
    *by_hand(
        "carry_out_accord",
        ACCORD,
        (
            "worth what is done of it, less the war in the North",
            {},
            {
                "host.integration": 0.25,
                "host.accord": 0.5 + 0.25 * (0.2 + 0.1 + 0.15 + 0.05 - 0.1 - 0.5),
            },
        ),
        (
            "no more than all who are to come",
            {"book.soldiers_integrated": 900, "communities.accord_war": 0.0, "zones[0].trust": 0.5},
            {"host.integration": 1.0, "host.accord": 0.5 + 0.25 * (0.2 + 0.4 + 0.15 + 0.1 - 0.5)},
        ),
        ("where none is in force it fades", {"accord.in_force": 0}, {"host.integration": 0.25, "host.accord": 0.375}),
    ),
    *by_hand(
        "call_combatants",
        COME,
        (
            "a twelfth of the year's, as far as the accord is believed in, rounded by the draw",
            {"draws.combatants": 0.6},
            {"nation.combatants_waiting": 26},
        ),
        ("or down", {"draws.combatants": 0.4}, {"nation.combatants_waiting": 25}),
        ("no more than are left", {"book.soldiers_integrated": 393}, {"nation.combatants_waiting": 7}),
        ("nobody where no accord is in force", {"accord.in_force": 0}, {"nation.combatants_waiting": 0}),
    ),
    *by_hand(
        "take_in_combatants",
        TAKES,
        ("a unit in the North takes as many as it lacks; ghosts hold their posts", {}, FILLED),
        ("not elsewhere", {"unit.zone": 1}, {}),
        ("nor where nobody waits", {"nation.combatants_waiting": 0}, {}),
        ("nor where nobody is lacking", {"unit.untrained": 35}, {}),
    ),
)
