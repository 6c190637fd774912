"""Migrations that make a whole app's tables without rendering its models again after each of them."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import ProjectState


class AtOnce(migrations.Migration):
    """For operations that only add: the state comes first, and all of them meet the models as they are after the last.

    Elsewhere Django renders, after each operation, every model that is related to the one it changed. Where nearly all
    models are related, that is most of what migrating an empty database costs.
    """

    def mutate_state(self, project_state: ProjectState, preserve: bool = True) -> ProjectState:
        state = project_state.clone() if preserve else project_state
        vars(state).pop("apps", None)  # rendered anew by whoever asks for them
        return super().mutate_state(state, preserve=False)

    def apply(
        self, project_state: ProjectState, schema_editor: BaseDatabaseSchemaEditor, collect_sql: bool = False
    ) -> ProjectState:
        state = self.mutate_state(project_state)
        for operation in self.operations:
            if collect_sql:
                schema_editor.collected_sql.append(f"-- {operation.describe()}")
            operation.database_forwards(self.app_label, schema_editor, project_state, state)
        return state

    def unapply(
        self, project_state: ProjectState, schema_editor: BaseDatabaseSchemaEditor, collect_sql: bool = False
    ) -> ProjectState:
        state = self.mutate_state(project_state)
        for operation in reversed(self.operations):
            if collect_sql:
                schema_editor.collected_sql.append(f"-- {operation.describe()}")
            operation.database_backwards(self.app_label, schema_editor, state, state)
        return project_state
