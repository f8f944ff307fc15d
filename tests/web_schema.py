"""Holding an answer to the site's own description of it."""

from __future__ import annotations

from typing import Any

from web.openapi_shapes import schemas


def check(value: Any, schema: dict[str, Any], at: str = "$") -> None:
    """Hold a value to the part of JSON Schema that the description uses."""
    if "$ref" in schema:
        schema = schemas()[schema["$ref"].rsplit("/", 1)[1]]
    kinds = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
    python = {"string": str, "integer": int, "number": (int, float), "boolean": bool,
              "array": list, "object": dict, "null": type(None)}  # fmt: skip
    assert any(isinstance(value, python[kind]) for kind in kinds), (at, value)
    assert not (isinstance(value, bool) and "boolean" not in kinds), at
    if "enum" in schema:
        assert value in schema["enum"], at
    if "minimum" in schema:
        assert value >= schema["minimum"], at
    for n, item in enumerate(value if "array" in kinds else ()):
        check(item, schema["items"], f"{at}[{n}]")
    if "properties" in schema:
        assert set(schema["required"]) <= set(value) <= set(schema["properties"]), at
        for name, item in value.items():
            check(item, schema["properties"][name], f"{at}.{name}")
