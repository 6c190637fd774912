"""A registry that began with the squashed migrations has what one has that took every migration they replace."""

import re

from django.db import migrations
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ModelState, ProjectState
from pgtrigger.migrations import AddTrigger

from commons.migrating import AtOnce

UNORDERED = ("constraints", "indexes", "triggers")
FUNCTION = re.compile(r"CREATE (?:OR REPLACE )?FUNCTION (\w+)(.*?\$\$.*?\$\$)", re.DOTALL)
deconstruct = MigrationAutodetector(ProjectState(), ProjectState()).deep_deconstruct

ADDING = (
    *(migrations.CreateModel, migrations.AddField, migrations.AddIndex, migrations.AddConstraint, migrations.RunSQL),
    AddTrigger,
)


class Replaced(MigrationLoader):
    """As long as they were not squashed."""

    def load_disk(self) -> None:
        super().load_disk()
        self.disk_migrations = {
            key: migration for key, migration in self.disk_migrations.items() if not isinstance(migration, AtOnce)
        }


def test_at_once_is_for_operations_that_add():
    at_once = [each for each in MigrationLoader(None).disk_migrations.values() if isinstance(each, AtOnce)]
    assert {migration.app_label for migration in at_once} == {"catalogue", "registry", "public_value"}
    for migration in at_once:
        assert [operation for operation in migration.operations if not isinstance(operation, ADDING)] == []


def test_models_are_the_same():
    squashed, replaced = (loader(None).project_state().models for loader in (MigrationLoader, Replaced))
    assert squashed.keys() == replaced.keys()
    for key, model in squashed.items():
        assert told(model) == told(replaced[key])


def told(model: ModelState) -> tuple:
    """What its table comes from. The order of its fields is that of the columns."""
    options = {
        name: sorted(repr(deconstruct(each)) for each in value) if name in UNORDERED else value
        for name, value in model.options.items()
        if value != []
    }
    return model.name, model.bases, [(name, deconstruct(field)) for name, field in model.fields.items()], options


def test_functions_and_triggers_in_sql_are_the_same():
    assert made_by_sql(MigrationLoader(None)) == made_by_sql(Replaced(None))


def made_by_sql(loader: MigrationLoader) -> tuple[dict[str, str], list[str]]:
    """Each function as it was made last, and whatever else the statements make or alter."""
    functions, others = {}, []
    graph = loader.graph
    for key in dict.fromkeys(key for leaf in graph.leaf_nodes() for key in graph.forwards_plan(leaf)):
        for operation in graph.nodes[key].operations:
            if isinstance(operation, migrations.RunSQL):
                sql = "; ".join([operation.sql] if isinstance(operation.sql, str) else operation.sql)
                functions |= {function: " ".join(rest.split()) for function, rest in FUNCTION.findall(sql)}
                others += [" ".join(statement.split()) for statement in FUNCTION.sub("", sql).split(";")]
    return functions, sorted(statement for statement in others if statement.startswith(("CREATE", "ALTER")))
