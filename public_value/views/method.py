from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from public_value.presenters import method as method_page
from public_value.views.editions import latest


@require_safe
def method(request: HttpRequest) -> HttpResponse:
    return render(request, "public_value/method.html", method_page.page(latest()))
