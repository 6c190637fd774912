"""The operators' own door: a password, for the first start and for when no mail goes out; then a second factor."""

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib import admin, messages
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from registry.models import Role
from registry.signed_in import actor_of
from registry.signing_in import limits


@method_decorator(never_cache, name="dispatch")
class OperatorSignIn(LoginView):
    """Django's page of the admin, with tries counted and everything after the password done by our own sign-in."""

    template_name = "admin/login.html"
    authentication_form = AdminAuthenticationForm
    next_page = "admin:index"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if admin.site.has_permission(request):
            return redirect(self.get_success_url())
        if Role.OPERATOR in actor_of(request).held_back:
            messages.warning(request, _("Operators need a second factor: add one here, or sign in anew with it."))
            return redirect("account")
        return super().get(request, *args, **kwargs)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        self.counted = limits.try_of(request, request.POST.get("username", ""))
        if self.counted:
            return super().post(request, *args, **kwargs)
        return render(request, "429.html", status=429)

    def form_valid(self, form: AdminAuthenticationForm) -> HttpResponseBase:
        self.counted.rollback()
        person = form.get_user()
        login = Login(user=person, redirect_url=self.get_success_url())
        return perform_password_login(self.request, {"email": person.email}, login)

    def get_context_data(self, **more) -> dict:
        here = {"app_path": self.request.get_full_path(), "title": _("Log in"), "subtitle": None}
        return super().get_context_data(**admin.site.each_context(self.request), **here, **more)


sign_in = OperatorSignIn.as_view()
