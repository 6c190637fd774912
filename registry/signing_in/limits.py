"""How often may somebody try? Counted per account and per address of the caller, for all processes together.

A right answer is not counted, so that a whole council behind one address signs in of a morning.
"""

from allauth.core.internal import ratelimit
from allauth.core.internal.ratelimit import RateLimitUsage
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

TOO_MANY = _("There were too many tries. Wait a few minutes, then try again.")


def may_ask(request: HttpRequest, account: str) -> bool:
    """Whether one more code may be mailed to this account."""
    return bool(counted(request, "sign_in_ask", account))


def try_of(request: HttpRequest, account: str, what: str = "sign_in_try") -> RateLimitUsage | None:
    """One more try, which is taken back with `rollback()` where it was right; None where there were too many."""
    return counted(request, what, account)


def may_begin(request: HttpRequest) -> bool:
    """Whether one more journey may begin from this address: each leaves something in the database."""
    return bool(counted(request, "sign_in_begin", ""))


def counted(request: HttpRequest, what: str, account: str) -> RateLimitUsage | None:
    return ratelimit.consume(
        request,
        app="registry.signing_in",
        action=what,
        key=account.lower(),
        config=settings.ACCOUNT_RATE_LIMITS,
        limit_get=True,
    )
