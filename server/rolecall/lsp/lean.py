"""Imports pygls without paying for all of lsprotocol.

`lsprotocol.types` finishes some 550 attrs classes when it is imported, which is most of the time until a server of
pygls answers. Here `attrs.define` is replaced while that module is imported, so that a class is finished when it is
first used. If anything about this does not go as expected the plain import is what happens; both ways are tested.
The classes are the same objects either way, only without slots.
"""

from __future__ import annotations

import sys
from typing import Any


def prepare() -> bool:
    """Import `lsprotocol.types` with classes that are finished on first use. False where the plain import was made."""
    if "lsprotocol.types" in sys.modules:
        return False
    try:
        _import_lazily()
    except Exception:  # noqa: BLE001  Whatever another version of attrs or lsprotocol may do, the plain import is always right.
        for name in [name for name in sys.modules if name.split(".")[0] in ("lsprotocol", "pygls")]:
            del sys.modules[name]
        import lsprotocol.types  # noqa: F401  # Imported for its effect.

        return False
    return True


def _import_lazily() -> None:
    import attrs

    define = attrs.define
    pending: dict[type, dict[str, Any]] = {}

    def finish(cls: type) -> None:
        for base in reversed(cls.__mro__):
            options = pending.pop(base, None)
            if options is not None:
                del base.__attrs_attrs__, base.__init__  # type: ignore[attr-defined, misc]  # The stand-ins below.
                define(base, slots=False, **options)
                attrs.resolve_types(base, types.ALL_TYPES_MAP, {})

    class Fields:
        def __get__(self, instance: object, cls: type) -> Any:
            finish(cls)
            return cls.__attrs_attrs__  # type: ignore[attr-defined]  # Finished now.

    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        finish(type(self))
        self.__init__(*args, **kwargs)

    def lazy(maybe_cls: type | None = None, **options: Any) -> Any:
        def wrap(cls: type) -> type:
            pending[cls] = options
            cls.__attrs_attrs__ = Fields()  # type: ignore[attr-defined]  # As attrs does.
            cls.__init__ = init  # type: ignore[misc]  # As attrs does.
            return cls

        return wrap if maybe_cls is None else wrap(maybe_cls)

    attrs.define = lazy
    try:
        from lsprotocol import types
    finally:
        attrs.define = define
    from lsprotocol import _hooks

    # The converter would resolve the names in all classes, and so finish them.
    _hooks._resolved_forward_references = True
