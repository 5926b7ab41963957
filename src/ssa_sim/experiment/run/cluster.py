"""A Dask cluster by its address, as an executor: who is there, who can do the work, and how much each is given."""

import asyncio
import json
import logging
import math
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from ssa_sim.errors import InputError
from ssa_sim.experiment.keep.disk import reason
from ssa_sim.experiment.run.executor import SAME_VERSIONS, Capacity, in_words, other_versions, versions_here
from ssa_sim.extras import require

_CONNECTION_SECONDS = 5
_LOOK_AGAIN_SECONDS = 2.0
_PATIENCE_SECONDS = 60.0
_ASK_AGAIN_SECONDS = 30.0


@contextmanager
def cluster(address: str, notify: Callable[[str], None]) -> Iterator[tuple[Executor, Capacity]]:
    """A Dask cluster as an executor, and how many tasks to give it at a time.

    Args:
        address: the scheduler's, such as "tcp://127.0.0.1:8786", or the path of a scheduler file (.json).
        notify: called with sentences for people.

    Raises:
        InputError: Dask is not installed, nobody answers there, there is no worker, or one that cannot do the work.
    """
    require("distributed", "cluster", "A cluster needs Dask, which is not installed.", where="--cluster")
    client = _client(address)
    try:
        capacity = _ClusterCapacity(client, notify)
        capacity.begin(address)
        yield client.get_executor(pure=False), capacity
    finally:
        with suppress(OSError, TimeoutError):
            client.close()


def _client(address: str) -> Any:
    from distributed import Client

    # What it says of a lost connection is said here, in one sentence in place of a traceback.
    for name in ("distributed", "distributed.client", "tornado.application", "asyncio"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    scheduler = _address_in(Path(address)) if address.endswith(".json") else address
    try:
        asyncio.run(_knock(scheduler))  # a client that cannot connect leaves a traceback when it is let go of
        return Client(scheduler, timeout=_CONNECTION_SECONDS, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as error:
        raise InputError(
            f"No Dask scheduler answers at {address} ({in_words(error)}).",
            where="--cluster",
            allowed="the address that dask scheduler prints, such as tcp://10.0.0.1:8786",
        ) from None


def _address_in(file: Path) -> str:
    """The address that a scheduler file holds."""
    try:
        return str(json.loads(file.read_bytes())["address"])
    except FileNotFoundError:
        problem = "There is no such scheduler file."
    except OSError as error:
        problem = reason(error)
    except (ValueError, TypeError, KeyError):
        problem = "This is not a scheduler file."
    raise InputError(problem, where=file, allowed="what dask scheduler wrote")


async def _knock(address: str) -> None:
    """See whether somebody who speaks as Dask does is there."""
    from distributed.comm import connect
    from distributed.security import Security

    answering = await connect(address, timeout=_CONNECTION_SECONDS, **Security().get_connection_args("client"))
    await answering.close()


class _ClusterCapacity(Capacity):
    """How many tasks a cluster is given at a time, and which of its workers get them: those that have the same versions.

    Workers come and go, so it is looked again now and then. Those that cannot do the work are told of, and get none; while
    any of them is there, tasks are restricted to the others. (Dask would hand a task that a worker cannot even read to that
    worker again and again.)
    """

    def __init__(self, client: Any, notify: Callable[[str], None]) -> None:
        super().__init__(self._twice_the_threads)
        self._client = client
        self._notify = notify
        self._here = versions_here()
        self._threads: dict[str, int] = {}
        self._trusted: set[str] = set()
        self._refused: dict[str, str] = {}
        self._asked: dict[str, float] = {}
        self._looked = -math.inf
        self._distrusted = -math.inf

    def begin(self, address: str) -> None:
        """Look for the first time.

        Raises:
            InputError: there is no worker, or none that can do the work.
        """
        self._look(_PATIENCE_SECONDS)
        if not self._threads:
            raise InputError(
                f"The cluster at {address} has no worker yet.",
                where="--cluster",
                allowed="a worker at least before the sweep begins; more may join later",
            )
        if not self._workers():
            raise InputError(
                next(iter(self._refused.values()), "No worker of the cluster answers."), allowed=SAME_VERSIONS
            )
        self._tell_of(self._refused)

    def placement(self) -> Mapping[str, Any]:
        """Nothing while all workers are trusted."""
        return {"workers": self._workers()} if set(self._threads) - self._trusted else {}

    def has_lost(self, placement: Mapping[str, Any]) -> bool:
        """As in `Capacity`."""
        return bool(placement) and not set(placement["workers"]) & set(self._threads)

    def explains(self, begun: float) -> bool:
        """As in `Capacity`; looks once more."""
        self._look_and_tell()
        return begun <= self._distrusted

    def _twice_the_threads(self) -> int:
        if time.monotonic() - self._looked >= _LOOK_AGAIN_SECONDS:
            self._look_and_tell()
        return 2 * sum(self._threads[worker] for worker in self._workers())

    def _workers(self) -> list[str]:
        return sorted(self._trusted & set(self._threads))

    def _look_and_tell(self) -> None:
        before, known = self._workers(), set(self._refused)
        self._look(_CONNECTION_SECONDS)
        self._tell_of({worker: why for worker, why in self._refused.items() if worker not in known})
        if before and not self._workers():
            self._notify("The cluster has no worker any more that can do the work; waiting for one ...")

    def _tell_of(self, refused: Mapping[str, str]) -> None:
        for why in refused.values():
            self._notify(f"{why} It is given nothing to do.")

    def _look(self, patience: float) -> None:
        """See who is there, and ask those not known yet, within so many seconds."""
        self._looked = time.monotonic()
        with suppress(OSError, ValueError, TimeoutError):  # without connection what is in hand will say so
            self._threads = dict(self._client.nthreads())
            unknown = [
                worker
                for worker in self._threads
                if worker not in self._trusted
                and worker not in self._refused
                and self._looked - self._asked.get(worker, -math.inf) >= _ASK_AGAIN_SECONDS
            ]
            self._asked |= dict.fromkeys(unknown, self._looked)
            if unknown:
                self._ask(unknown, patience)

    def _ask(self, unknown: list[str], patience: float) -> None:
        """Sort workers by their versions; one that does not answer stays unknown, and so without work."""
        answers: Mapping[str, object] = {}
        try:
            answers = self._client.run(versions_here, workers=unknown, on_error="return", callback_timeout=patience)
        finally:
            for worker in unknown:
                self._sort(worker, answers.get(worker))
            if not self._trusted.issuperset(unknown):
                self._distrusted = time.monotonic()

    def _sort(self, worker: str, there: object) -> None:
        if there is None or isinstance(there, OSError):  # it has just gone, or is held up
            return
        if isinstance(there, BaseException):
            self._refused[worker] = f"The worker {worker} cannot load ssa-sim ({in_words(there)})."
        elif there != self._here:
            assert isinstance(there, dict)
            self._refused[worker] = other_versions(f"The worker {worker}", there, self._here)
        else:
            self._trusted.add(worker)
