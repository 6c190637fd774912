"""Pages that help to judge components: scorecards, reviews, and what those who may say there."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from catalogue.forms import ReviewForm
from catalogue.models import Component
from catalogue.presenters import reviews as reviews_page
from catalogue.presenters import scorecard as scorecard_page
from catalogue.presenters.trail import trail
from commons.api.views import sent
from commons.exceptions import Refused
from commons.formats import in_formats
from commons.kept_pages import kept_page
from commons.listing.text import as_json
from registry.actions.components import current_stewards
from registry.actions.reviews import withdraw_review, write_review
from registry.listings.reviews import ReviewsOf
from registry.models import Organisation
from registry.models.review import TRIED
from registry.permissions import Actor, may_review, may_write_component
from registry.scorecard import held, rule_book
from registry.signed_in import actor_of
from registry.views.paging import to_first_page

REVIEWS_A_PAGE = 20

View = Callable[..., HttpResponseBase]


def signed_in(view: View) -> View:
    """Ask who is not signed in to do so first."""

    @wraps(view)
    def answer(request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        return view(request, *args, **kwargs)

    return answer


def may(request: HttpRequest, component: Component) -> dict[str, bool]:
    """What whoever looks at a component's page may do there. Nothing is asked for who is not signed in."""
    by = actor_of(request)
    if not by.grants and not by.everywhere:
        return {}
    return {"review": True, "write": may_write_component(by, current_stewards(component))}


def listed(slug: str) -> Component:
    return get_object_or_404(Component.objects.listed(), slug=slug)


def writing(request: HttpRequest, component: Component) -> Actor:
    """Who comes to change it. Raises PermissionDenied for whoever may not."""
    by = actor_of(request)
    if not may_write_component(by, current_stewards(component)):
        raise PermissionDenied
    return by


@require_safe
@kept_page
def scorecards(request: HttpRequest) -> HttpResponse:
    return render(request, "catalogue/scorecards.html", scorecard_page.explained())


@require_safe
def scorecard_rules(request: HttpRequest) -> HttpResponseBase:
    return open_json(request, rule_book().text)


@require_safe
def scorecard(request: HttpRequest, slug: str) -> HttpResponseBase:
    on = timezone.localdate()
    component = get_object_or_404(held(Component.objects.listed(), on), slug=slug)
    return open_json(request, as_json(scorecard_page.document(component, on)))


def open_json(request: HttpRequest, text: str) -> HttpResponseBase:
    """Open data: any page may fetch it."""
    response = sent(request, text.encode(), "")
    response["Access-Control-Allow-Origin"] = "*"
    return response


def reviews_of(slug: str) -> ReviewsOf:
    return ReviewsOf(listed(slug))


@require_safe
@in_formats(reviews_of)
@kept_page
def reviews(request: HttpRequest, slug: str) -> HttpResponse:
    component = listed(slug)
    selection = ReviewsOf(component).select(request.GET)
    page = selection.page(request.GET.get("page"), REVIEWS_A_PAGE)
    if elsewhere := to_first_page(request, selection, page):
        return elsewhere
    return render(request, "catalogue/reviews.html", reviews_page.page(component, selection, page))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@signed_in
def write(request: HttpRequest, slug: str) -> HttpResponse:
    """Write or withdraw the review of a body that one may act for."""
    component, by = listed(slug), actor_of(request)
    bodies = reviewers(component, by)
    if not bodies and not by.everywhere and not by.grants:
        raise PermissionDenied
    form = ReviewForm(request.POST if request.method == "POST" else None, bodies=bodies)
    if request.method == "POST" and form.is_valid() and done(request, form, component, by):
        return HttpResponseRedirect(f"{reverse('catalogue:component', args=[slug])}#reviews")
    context = {
        "component": component,
        "form": form,
        "bodies": bodies,
        "reviewed": component.reviews.current().filter(organisation__in=bodies).exists(),
        "breadcrumbs": trail(component, _("Review")),
    }
    return render(request, "catalogue/write_review.html", context, status=400 if form.is_bound else 200)


def done(request: HttpRequest, form: ReviewForm, component: Component, by: Actor) -> bool:
    body = form.cleaned_data["organisation"]
    try:
        if form.withdraws:
            withdraw_review(organisation=body, component=component, by=by)
            messages.success(request, _("The review of %(body)s is withdrawn.") % {"body": body})
        else:
            write_review(component=component, by=by, **form.cleaned_data)
            messages.success(request, _("The review of %(body)s is published.") % {"body": body})
    except Refused as refused:
        form.add_error(None, str(refused))
        return False
    return True


def reviewers(component: Component, by: Actor) -> list[Organisation]:
    """The bodies that took it up and that one may write for, from A to Z."""
    said = component.declarations.current().adoptions().filter(stage__in=TRIED)
    bodies = Organisation.objects.filter(pk__in=said.values("organisation"))
    return [body for body in bodies if may_review(by, body)]
