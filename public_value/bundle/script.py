"""`recompute.py`, one file that needs nothing but Python: the modules of `public_value.recompute`, joined."""

import ast
from pathlib import Path

from public_value import recompute

_FOLDER = Path(recompute.__file__).parent
_PACKAGE = recompute.__name__
_NOT_IN_IT = {"__init__", "__main__"}
_HEAD = '''"""Recompute an edition of the public value index from its open data: python recompute.py [FOLDER]

One file, made of the plain implementation of the method that the registry's own engine is tested against. It uses the
standard library of Python 3.12 and nothing else, and reads no more than the folder.
"""
'''
_TAIL = '\nif __name__ == "__main__":\n    sys.exit(main(sys.argv[1:]))\n'


def script() -> str:
    """The text of the file: the same modules give the same text.

    A module stands after all that it imports, so that nothing is used before it is there.
    """
    modules = {path.stem: path.read_text(encoding="utf-8") for path in sorted(_FOLDER.glob("*.py"))}
    wanted = {name: _Module(name, text) for name, text in modules.items() if name not in _NOT_IN_IT}
    ordered = _ordered(wanted)
    imports = _merged([node for module in ordered for node in module.imports])
    return "\n".join([_HEAD, *imports, *(module.body for module in ordered)]) + _TAIL


class _Module:
    """One module: what it needs of its package, what it imports from elsewhere, and its text without both."""

    def __init__(self, name: str, text: str) -> None:
        tree = ast.parse(text)
        found = [node for node in tree.body if isinstance(node, ast.Import | ast.ImportFrom)]
        inner = [node for node in found if isinstance(node, ast.ImportFrom) and _is_inner(node.module)]
        self.name = name
        self.needs = [(node.module or "").removeprefix(f"{_PACKAGE}.") for node in inner]
        self.imports = [node for node in found if node not in inner]
        self.body = _without(text, [tree.body[0], *found], f"# {ast.get_docstring(tree)}")


def _merged(imports: list[ast.Import | ast.ImportFrom]) -> list[str]:
    """One line for each module of the standard library."""
    whole = {alias.name for node in imports if isinstance(node, ast.Import) for alias in node.names}
    parts: dict[str, set[str]] = {}
    for node in imports:
        if isinstance(node, ast.ImportFrom):
            parts.setdefault(node.module or "", set()).update(alias.name for alias in node.names)
    named = [f"from {module} import {', '.join(sorted(names))}" for module, names in sorted(parts.items())]
    return [*(f"import {name}" for name in sorted(whole)), *named]


def _is_inner(module: str | None) -> bool:
    return (module or "").startswith(f"{_PACKAGE}.")


def _without(text: str, nodes: list[ast.stmt], heading: str) -> str:
    lines: list[str | None] = list(text.splitlines())
    for node in nodes:
        lines[node.lineno - 1 : node.end_lineno] = [None] * ((node.end_lineno or node.lineno) - node.lineno + 1)
    kept = "\n".join(line for line in lines if line is not None).strip()
    return "\n\n" + "\n# ".join(heading.splitlines()) + f"\n\n\n{kept}\n"


def _ordered(modules: dict[str, _Module]) -> list[_Module]:
    done: list[_Module] = []

    def place(module: _Module) -> None:
        for needed in module.needs:
            place(modules[needed])
        if module not in done:
            done.append(module)

    for module in modules.values():
        place(module)
    return done
