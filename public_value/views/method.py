from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from commons.kept_pages import kept_page
from public_value.presenters import method as method_page
from public_value.views.editions import latest


@require_safe
@kept_page
def method(request: HttpRequest) -> HttpResponse:
    return render(request, "public_value/method.html", method_page.page(latest()))
