"""What every one of the operators' pages keeps to: changes leave their event, statements are not typed over."""

from django.contrib import admin
from django.db import transaction

from public_value.tasks import follow_registry
from registry.actions.search import refresh_search
from registry.models import Act, Event


class AuditedAdmin(admin.ModelAdmin):
    """An operator's change is an act like any other: one event in the same transaction, and search kept true.

    The live preview is rung for when the change is there: it marks what it touches itself.
    """

    def log_addition(self, request, obj, message):
        self._record(request, obj, "added", message)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        self._record(request, obj, "changed", message)
        return super().log_change(request, obj, message)

    def log_deletions(self, request, queryset):
        for obj in queryset:
            self._record(request, obj, "deleted", "")
        return super().log_deletions(request, queryset)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        refresh_search(self.searched(form.instance))

    def delete_model(self, request, obj):
        touched = self.searched(obj)
        super().delete_model(request, obj)
        refresh_search(touched)

    def delete_queryset(self, request, queryset):
        super().delete_queryset(request, queryset)
        refresh_search()

    def response_action(self, request, queryset, **where):
        """Several at once, all or none: Django writes what is done to each on its own."""
        with transaction.atomic():
            return super().response_action(request, queryset, **where)

    def searched(self, obj) -> list[int] | None:
        """The components whose search entries this object's change can touch; None for all."""
        return []

    def _record(self, request, obj, done: str, message) -> None:
        follow_registry.delay_on_commit()
        Event.objects.create(
            act=Act.EDIT,
            by=request.user,
            source=f"Operators' pages: {obj._meta.verbose_name} {obj.pk}",
            detail={"done": done, "object": str(obj), "message": message},
        )


class ReadOnlyAdmin(admin.ModelAdmin):
    """Statements are superseded by the acts of the registry, never typed over."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
