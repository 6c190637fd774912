"""What can only be refused in sight of all rows: keys said twice, rules over several values, circles, missing rows."""

from collections.abc import Iterable

from registry.pack.columns import Column
from registry.pack.sheet import Check
from registry.pack.staging import Staged


def check(staged: Staged) -> None:
    """Refuse until nothing more is to refuse: a refused row can leave others without what they name."""
    _refuse_repeated_keys(staged)
    for rule in staged.sheet.checks:
        _refuse_by_rule(staged, rule)
    own = [column for column in staged.present if column.own]
    steps = [*staged.sheet.further_checks, *([_refuse_missing_own, _refuse_circles] if own else [])]
    while sum(step(staged) for step in steps):
        pass


def refuse_rows(staged: Staged, found: Iterable[tuple[int, str, str, str, str]]) -> int:
    """Refuse staged rows: (line, column, value, problem, remedy) each. Returns how many rows that makes."""
    found = list(found)
    if not found:
        return 0
    lines = sorted({row[0] for row in found})
    staged.cursor.execute("UPDATE pack_staged SET _refused = true WHERE _line = ANY(%s)", [lines])
    _remember(staged, lines)
    return staged.refusals.add((staged.refusal(*row) for row in found), len(lines))


def _remember(staged: Staged, lines: list[int]) -> None:
    noun = staged.sheet.noun
    if noun:
        staged.cursor.execute(f'SELECT "{noun}", _line FROM pack_staged WHERE _line = ANY(%s)', [lines])
        for slug, line in staged.cursor.fetchall():
            staged.references.refused[noun, slug] = (staged.sheet.file, line)


def _refuse_repeated_keys(staged: Staged) -> None:
    sheet = staged.sheet
    keys = [name for name in sheet.key if staged.has(name)]
    if sheet.single:
        return
    listed = ", ".join(f'"{name}"' for name in keys)
    same = " AND ".join(f's."{name}" = first."{name}"' for name in keys)
    staged.cursor.execute(f"""
        SELECT s._line, first._first, {", ".join(f's."{name}"::text' for name in keys)} FROM pack_staged s
        JOIN (SELECT {listed}, min(_line) AS _first FROM pack_staged GROUP BY {listed} HAVING count(*) > 1) first
        ON {same} AND s._line > first._first WHERE NOT s._refused""")
    refuse_rows(
        staged,
        (
            (
                line,
                ", ".join(keys),
                spoken(staged, keys, key),
                f"Line {first} has the same key.",
                "Keep one of them.",
            )
            for line, first, *key in staged.cursor.fetchall()
        ),
    )


def spoken(staged: Staged, names: Iterable[str], staged_values: Iterable[str]) -> str:
    """Staged values as the file has them: a reference's key, not its id."""
    said = []
    for name, value in zip(names, staged_values, strict=True):
        column = staged.sheet.by_name[name]
        said.append(_slug(staged, column, value) if column.noun and column.parse is None else str(value))
    return ", ".join(said)


def _slug(staged: Staged, column: Column, row_id: str) -> str:
    return next(slug for slug, known in staged.references.ids(column.noun).items() if known == str(row_id))


def _refuse_by_rule(staged: Staged, rule: Check) -> None:
    blamed = [name for name in rule.columns if staged.has(name)]
    if not blamed:
        return
    wrong = rule.wrong.format(**{name: staged.effective(name) for name in rule.columns})
    staged.cursor.execute(f"""
        SELECT s._line, s."{blamed[0]}"::text FROM pack_staged s
        LEFT JOIN {staged.sheet.table} t ON {staged.sheet.matches} AND {staged.sheet.current}
        WHERE NOT s._refused AND ({wrong})""")
    refuse_rows(
        staged,
        (
            (line, blamed[0], spoken(staged, blamed[:1], [value or ""]), rule.problem, rule.remedy)
            for line, value in staged.cursor.fetchall()
        ),
    )


def _refuse_missing_own(staged: Staged) -> int:
    """Refuse rows that name a row of their own kind which is neither recorded nor taken from this file."""
    return sum(_refuse_missing(staged, column) for column in staged.present if column.own)


def _refuse_missing(staged: Staged, column: Column) -> int:
    noun, table = staged.sheet.noun, staged.sheet.table
    staged.cursor.execute(f"""
        SELECT s._line, s."{column.name}", said.slug FROM pack_staged s
        CROSS JOIN LATERAL unnest(string_to_array(s."{column.name}", ';')) AS said(slug)
        WHERE NOT s._refused AND NOT EXISTS (SELECT 1 FROM {table} o WHERE o.slug = said.slug)
        AND NOT EXISTS (SELECT 1 FROM pack_staged n WHERE n."{noun}" = said.slug AND NOT n._refused)""")
    found = []
    for line, value, slug in staged.cursor.fetchall():
        bad = staged.references.missing(noun, slug)
        found.append((line, column.name, value, bad.problem, bad.remedy))
    return refuse_rows(staged, found)


def _refuse_circles(staged: Staged) -> int:
    return sum(_refuse_circle(staged, column) for column in staged.present if column.own)


def _refuse_circle(staged: Staged, column: Column) -> int:
    """Refuse this file's rows that lie on a circle of what would hold after the load."""
    noun = staged.sheet.noun
    staged.cursor.execute(f"""
        SELECT s."{noun}", s."{column.name}", s._line FROM pack_staged s
        WHERE NOT s._refused AND s."{column.name}" IS NOT NULL
        UNION ALL
        SELECT t.slug, {column.as_recorded}, NULL FROM {staged.sheet.table} t
        WHERE NOT EXISTS (SELECT 1 FROM pack_staged n WHERE n."{noun}" = t.slug AND NOT n._refused
                          {f'AND n."{column.name}" IS NOT NULL' if staged.sheet.keeps_stated else ""})""")
    edges, lines = {}, {}
    for slug, said, line in staged.cursor.fetchall():
        if said:
            edges[slug], lines[slug] = said.split(";"), line
    return refuse_rows(
        staged,
        (
            (
                lines[slug],
                column.name,
                ";".join(edges[slug]),
                f"This makes a circle: {circle}.",
                "Break it somewhere.",
            )
            for slug, circle in circles(edges).items()
            if lines[slug] is not None
        ),
    )


def circles(edges: dict[str, list[str]]) -> dict[str, str]:
    """Every node that lies on a circle, with the circle in words: `a → b → a`. Depth first, without recursion."""
    found: dict[str, str] = {}
    done: set[str] = set()
    for start in edges:
        path: dict[str, None] = {}
        stack = [] if start in done else [(start, iter(edges[start]))]
        if stack:
            path[start] = None
        while stack:
            node, onward = stack[-1]
            step = next(onward, None)
            if step is None:
                stack.pop()
                del path[node]
                done.add(node)
            elif step in path:
                names = list(path)
                circle = names[names.index(step) :]
                found.update((name, _in_words(circle, name)) for name in circle)
            elif step in edges and step not in done:
                path[step] = None
                stack.append((step, iter(edges[step])))
    return found


def _in_words(circle: list[str], first: str) -> str:
    turn = circle.index(first)
    return " → ".join([*circle[turn:], *circle[:turn], first])
