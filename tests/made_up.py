"""Tables for figures, made up from formulas: they look like a run's, and do not change when the model does."""

import itertools

import numpy as np
import pandas as pd

from ssa_sim.analysis.money_runs import ENDS, GIFTS, MISSION, PLACES, MoneyRuns
from ssa_sim.analysis.vicious_circle_runs import CUTS, OUTCOMES_MEASURED, CircleRuns
from ssa_sim.catalogue.outcomes import OUTCOMES, outcome_named
from ssa_sim.experiment.keep.results import Results, monthly_summary
from ssa_sim.model.observation import Observation, Profile, observe
from ssa_sim.model.state import FUNCTIONS, KINDS, KIT_TYPES, LINEAGES, TARGETS, ZONES
from ssa_sim.scenario.schema import Scenario

MONTHS = pd.date_range("2013-02-01", periods=84, freq="MS")
SHOWN = (
    "completions",
    "ready_soldiers",
    "readiness",
    "deaths",
    "insecurity",
    "duplication",
    "active_projects",
    "absorption_load",
    "delivery",
    *(f"{name}_{zone}" for name in ("threat", "deaths", "trust", "approval", "state_presence") for zone in ZONES),
)
PROFILES = (
    Profile("european_state", "Other European states", "Autres États européens"),
    Profile("un_agency", "UN bodies", "Organismes de l'ONU"),
    Profile("rival", "Rival suppliers", "Fournisseurs rivaux"),
)


def results(scenarios: tuple[str, ...] = ("baseline", "demand_driven", "stable_personnel")) -> Results:
    """Of scenarios without a design, six replications of each."""
    draws = np.random.default_rng(5)
    shared = draws.normal(size=(6, 1, 1))
    at = np.linspace(0.0, 1.0, len(MONTHS))[None, :, None]
    runs, monthly = [], []
    for place, scenario in enumerate(scenarios):
        scale = np.array([_scale(name) for name in SHOWN])[None, None, :]
        effect = 1.0 + 0.12 * place * np.cos(np.arange(len(SHOWN)))[None, None, :]
        history = scale * (0.2 + 0.8 * at) * effect * (1.0 + 0.05 * shared + 0.002 * draws.normal(size=(6, 84, 1)))
        monthly.append(monthly_summary(scenario, list(MONTHS), SHOWN, history))
        runs.append(_runs(scenario, history[:, -1, :]))
    return Results(
        title="Three ways to spend the same money",
        identity="made up",
        scenario_names=scenarios,
        outcomes=tuple(outcome_named(name) for name in SHOWN),
        replications=6,
        seed=2013,
        monthly_detail="summary",
        runs=pd.concat(runs, ignore_index=True),
        monthly=pd.concat(monthly, ignore_index=True),
        trajectories=None,
        provenance={},
    )


def _scale(name: str) -> float:
    unit = outcome_named(name).unit
    return {"index 0-1": 0.7, "share": 0.7, "ratio": 1.9, "deaths": 180.0, "projects": 85.0}.get(unit, 12_000.0)


def _runs(scenario: str, values: np.ndarray, **more: object) -> pd.DataFrame:
    facts = {"scenario": scenario, "replicate": range(len(values)), "status": "ok", **more}
    return pd.DataFrame({**facts, **dict(zip(SHOWN, values.T, strict=True))})


LEVERS = {
    "training.course_weeks": (4, 24),
    "coordination.regime": ("information", "binding"),
    "training.mission": (False,),
}


def one_at_a_time() -> Results:
    """Of one scenario and a one-at-a-time design over `LEVERS`, six replications."""
    draws = np.random.default_rng(7)
    base = np.array([_scale(name) for name in SHOWN])[None, :] * (1.0 + 0.05 * draws.normal(size=(6, 1)))
    points = [None, *((path, value) for path, values in LEVERS.items() for value in values)]
    runs, rows = [], []
    for number, point in enumerate(points):
        effect = 1.0 + 0.04 * number * np.sin(1.0 + number + np.arange(len(SHOWN)))[None, :]
        noise = 1.0 + (0.02 if number else 0.0) * draws.normal(size=base.shape)
        runs.append(_runs("baseline", base * (effect if number else 1.0) * noise, point=number))
        rows.append({"point": number, **({} if point is None else {point[0]: point[1]})})
    made = results(("baseline",))
    design = pd.DataFrame(rows, columns=["point", *LEVERS])
    return Results(
        **{
            **{name: getattr(made, name) for name in made.__dataclass_fields__},
            "runs": pd.concat(runs, ignore_index=True),
            "monthly": made.monthly.iloc[:0],
            "monthly_detail": "none",
            "design": design,
            "design_request": {"method": "one_at_a_time"},
        }
    )


def observation(n_units: int = 80, n_donors: int = 50) -> Observation:
    """Of one run with as many units and partners as the baseline has."""
    draws = np.random.default_rng(11)
    return Observation(
        title="A made-up run",
        seed=2013,
        replicate=0,
        profiles=PROFILES,
        units=_units(draws, n_units),
        projects=_projects(draws, n_units, n_donors),
        donors=pd.DataFrame({"month": MONTHS[-1:].repeat(n_donors), "donor": range(n_donors)}),
        zones=_zones(),
        mission=_mission(),
        monthly=pd.DataFrame(
            {"month": MONTHS, **{o.name: _scale(o.name) * np.linspace(0.1, 1.0, 84) ** 0.5 for o in OUTCOMES}}
        ),
    )


def _units(draws: np.random.Generator, n_units: int) -> pd.DataFrame:
    month = np.repeat(MONTHS, n_units)
    unit = np.tile(np.arange(n_units), len(MONTHS))
    at = np.repeat(np.linspace(0.0, 1.0, len(MONTHS)), n_units)
    columns: dict[str, object] = {
        "month": month,
        "unit": unit,
        "zone": np.array(ZONES, object)[unit % 3],
        "soldiers": 100 + unit % 40,
    }
    foreign = np.stack([at * (0.04 + 0.03 * k) * (1.0 + 0.3 * np.sin(9.0 * at + k)) for k in range(1, LINEAGES)])
    columns["doctrine_0"] = 1.0 - foreign.sum(axis=0)
    columns |= {f"doctrine_{k}": foreign[k - 1] for k in range(1, LINEAGES)}
    for kit in range(KIT_TYPES):
        parts = {
            name: draws.integers(0, 4 - kit // 2, size=len(unit)) * (unit % (kit + 1) == 0)
            for name in ("kit_working", "kit_broken", "kit_depot")
        }
        columns |= {f"{name}_{kit}": values for name, values in parts.items()}
        columns[f"kit_held_{kit}"] = sum(parts.values())
        columns[f"kit_known_{kit}"] = np.clip(at - 0.2 * kit, 0.0, 1.0)
    return pd.DataFrame(columns)


def _projects(draws: np.random.Generator, n_units: int, n_donors: int) -> pd.DataFrame:
    n = 110
    frame = pd.DataFrame(
        {
            "month": MONTHS[-1],
            "donor": draws.integers(0, n_donors, n),
            "kind": np.array(KINDS, object)[np.minimum(draws.geometric(0.4, n) - 1, len(KINDS) - 1)],
            "function": np.array(FUNCTIONS, object)[np.minimum(draws.geometric(0.45, n) - 1, len(FUNCTIONS) - 1)],
            "unit": np.minimum(draws.geometric(0.03, n) - 1, n_units - 1),
        }
    )
    frame["zone"] = np.array(ZONES, object)[frame["unit"] % 3]
    frame["profile"] = [PROFILES[min(donor // 20, 2)].name for donor in frame["donor"]]
    first = frame.groupby(["kind", "function", "zone"])["donor"].transform("first")
    frame["duplicate"] = frame["donor"] != first
    return frame


def _zones() -> pd.DataFrame:
    rows = [
        {
            "month": month,
            "zone": zone,
            "threat": 0.6 - 0.25 * z + 0.004 * m * z,
            "deaths": m * z,
            "trust": 0.5,
            "approval": 0.4 + 0.1 * z,
            "state_presence": 0.2 + 0.3 * z - 0.001 * m,
        }
        for (m, month), (z, zone) in itertools.product(enumerate(MONTHS), enumerate(ZONES))
    ]
    return pd.DataFrame(rows)


def _mission() -> pd.DataFrame:
    contingent = 1 + np.arange(len(MONTHS)) // 6
    return pd.DataFrame({"month": MONTHS, "contingent": contingent, "lineage": 1 + (contingent * 3) % 4})


CALM = {
    "insecurity": 0.3,
    "active_projects": 50.0,
    "absorption_load": 1.25,
    "ownership": 0.4,
    "delivery": 0.7,
    "readiness": 0.12,
}


def circle_runs(replications: int = 20, noise: float = 0.02) -> CircleRuns:
    """Of a circle whose elasticities are known: see the numbers below, and `test_vicious_circle`."""
    draws = np.random.default_rng(13)
    changes = {
        "calm": {},
        "whole": {"insecurity": 0.404, "active_projects": 0.2, "absorption_load": 0.2, "ownership": -0.1, "delivery": -0.2, "readiness": -0.05},
        "entry": {"insecurity": 0.4, "readiness": -0.02},
        "load": {"insecurity": 0.4, "active_projects": 0.2, "readiness": -0.01},
        "voice": {"insecurity": 0.404, "active_projects": 0.2, "absorption_load": 0.2, "ownership": 0.02, "delivery": -0.2, "readiness": -0.045},
        "delivery": {"insecurity": 0.402, "active_projects": 0.2, "absorption_load": 0.2, "ownership": -0.1, "delivery": 0.05, "readiness": -0.01},
        "fight": {"insecurity": 0.4, "active_projects": 0.2, "absorption_load": 0.2, "ownership": -0.1, "delivery": -0.2, "readiness": -0.05},
    }  # fmt: skip
    assert set(changes) == {"calm", "whole", *CUTS}
    rows = []
    for replicate in range(replications):
        luck = 1.0 + noise * draws.normal()
        for variant, change in changes.items():
            values = {name: CALM.get(name, 1.0) * (1.0 + luck * change.get(name, 0.0)) for name in OUTCOMES_MEASURED}
            rows.append({"replicate": replicate, "variant": variant, **values})
    return CircleRuns("A made-up circle", 2013, replications, 0.02, pd.DataFrame(rows))


def small_observation(scenario: Scenario) -> Observation:
    """A real run's inside, of few units."""
    return observe(scenario.with_size(units=12), seed=1)


def money_runs() -> MoneyRuns:
    """Where money ended, of three kinds of partners, the mission and gifts, five replicates alike but for their size."""
    rows = []
    for replicate in range(5):
        for giver, name in enumerate((*(profile.name for profile in PROFILES), MISSION, GIFTS)):
            for place, (kind, target) in enumerate(zip(KINDS, itertools.cycle(TARGETS), strict=False)):
                for end, use in enumerate(ENDS[:8]):
                    euros = 100_000 * (1 + (giver + 2 * place + 3 * end) % 7) * (9 + replicate) // 10
                    rows.append((replicate, name, kind, target, use, euros))
            rows.append((replicate, name, "none", "none", "lapsed", 3_000_000))
        rows.append((replicate, "conditions", "none", "none", "not_followed", 2_000_000))
    return MoneyRuns("Made up", 2013, 5, PROFILES, pd.DataFrame(rows, columns=["replicate", *PLACES, "euros"]))
