"""Which letters somebody gets that can be done without."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from registry.actions.adopted import choose_letters
from registry.models import LetterKind, UnwantedLetter
from registry.signed_in import actor_of
from registry.signing_in.forms import LettersForm


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def letters(request: HttpRequest) -> HttpResponse:
    unwanted = UnwantedLetter.objects.filter(person=request.user, kind=LetterKind.ADOPTED).exists()
    form = LettersForm(request.POST if request.method == "POST" else None, initial={"adopted": not unwanted})
    if form.is_bound and form.is_valid():
        wanted = [LetterKind.ADOPTED] if form.cleaned_data["adopted"] else []
        choose_letters(person=request.user, wanted=wanted, by=actor_of(request))
        messages.success(request, _("Your choice is kept."))
        return redirect("account")
    return render(request, "account/letters.html", {"form": form})
