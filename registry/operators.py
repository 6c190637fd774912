"""The operators' pages, which are Django's admin: for operators alone, with all that their role asks of them."""

from django.contrib.admin import AdminSite
from django.http import HttpRequest

from registry.permissions import is_operator
from registry.signed_in import actor_of


class OperatorsSite(AdminSite):
    def has_permission(self, request: HttpRequest) -> bool:
        """Django asks for its flags alone; whoever signed in without a second factor is held back here too."""
        return super().has_permission(request) and is_operator(actor_of(request))
