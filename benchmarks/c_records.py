"""C declarations of the model's records, made from their NumPy types, so that the two cannot drift apart."""

from collections.abc import Iterator, Mapping

import numpy as np

_SCALARS = {np.dtype(np.float64): "double", np.dtype(np.int64): "int64_t"}


def declarations(records: Mapping[str, np.dtype], constants: Mapping[str, int]) -> str:
    """A C header: `#define` for each constant, and for each record a struct whose layout the compiler checks.

    Args:
        records: struct name to structured type; a record inside another comes before it.
        constants: names and values of whole numbers.
    """
    lines = ["#include <stddef.h>", "#include <stdint.h>", ""]
    lines += [f"#define {name} {value}" for name, value in constants.items()]
    names: dict[np.dtype, str] = {}
    for name, dtype in records.items():
        lines += ["", "typedef struct {", *_fields(dtype, names), f"}} {name};", *_checks(name, dtype)]
        names[dtype] = name
    return "\n".join(lines) + "\n"


def _fields(dtype: np.dtype, names: Mapping[np.dtype, str]) -> Iterator[str]:
    for field, (kind, _offset, *_title) in (dtype.fields or {}).items():
        lengths = "".join(f"[{length}]" for length in kind.shape)
        yield f"    {_SCALARS.get(kind.base) or names[kind.base]} {field}{lengths};"


def _checks(name: str, dtype: np.dtype) -> Iterator[str]:
    for field, (_kind, offset, *_title) in (dtype.fields or {}).items():
        yield f'_Static_assert(offsetof({name}, {field}) == {offset}, "{name}.{field}");'
    yield f'_Static_assert(sizeof({name}) == {dtype.itemsize}, "{name}");'
