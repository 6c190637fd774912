"""What is mailed to people about how they sign in. Plain text, and no links: who expects one is who gets caught."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from registry.letters import addressed
from registry.models import LetterKind, Purpose

CODE = gettext_lazy("""{code}

is your code {doing}
{service} ({site}).

Type it into the page that asked for it. It works for 10 minutes, once, and
there alone. Nobody of the service will ever ask you for it.

If you did not ask for it, do nothing: without the code nobody gets in.
""")
CHANGED = gettext_lazy("""{what}

at {service} ({site}).

If that was you, there is nothing to do. If it was not, sign in, look at your
account, end the sessions that you do not know and remove what is not yours.
""")


def code_letter(purpose: Purpose, to: str, code: str) -> EmailMessage:
    """The code is not in the subject, which logs name and locked telephones show."""
    doing = {
        Purpose.SIGN_IN: _("to sign in to"),
        Purpose.CONFIRM: _("to confirm that it is you at"),
        Purpose.CHANGE_ADDRESS: _("to use this address from now on at"),
    }[purpose]
    text = CODE.format(code=spaced(code), doing=doing, service=settings.SERVICE_NAME, site=settings.SITE_ADDRESS)
    subject = _("Your code for %(service)s") % {"service": settings.SERVICE_NAME}
    return addressed(to, subject, text, kind=LetterKind.SIGN_IN)


def changed(what: str) -> dict[str, str]:
    """The subject and the text of a letter that says that something about the account changed."""
    text = CHANGED.format(what=what, service=settings.SERVICE_NAME, site=settings.SITE_ADDRESS)
    return {"subject": _("Your account at %(service)s changed") % {"service": settings.SERVICE_NAME}, "text": text}


def spaced(code: str) -> str:
    """ABC-DEF is easier to read off and to say than ABCDEF."""
    return f"{code[:3]}-{code[3:]}"
