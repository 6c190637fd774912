"""Which letters somebody gets that can be done without."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from registry.actions.choosing import OPTIONAL, choose_letters
from registry.actions.members import acting_moderators
from registry.models import UnwantedLetter
from registry.signed_in import actor_of
from registry.signing_in.forms import LettersForm


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: HttpRequest) -> HttpResponse:
    unwanted = set(UnwantedLetter.objects.filter(person=request.user).values_list("kind", flat=True))
    form = LettersForm(
        request.POST if request.method == "POST" else None,
        initial={kind.value: kind not in unwanted for kind in OPTIONAL},
        moderates=acting_moderators().filter(person=request.user).exists(),
    )
    if form.is_bound and form.is_valid():
        wanted = [kind for kind in OPTIONAL if form.cleaned_data.get(kind.value, kind not in unwanted)]
        choose_letters(person=request.user, wanted=wanted, by=actor_of(request))
        messages.success(request, _("Your choice is kept."))
        return redirect("account")
    return render(request, "account/letters.html", {"form": form})
