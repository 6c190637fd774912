"""How to use a component: how to start, whom to ask, what it costs, under which terms it runs and is left again."""

from decimal import Decimal

from django.utils.translation import get_language_info, ngettext
from django.utils.translation import gettext as _

from catalogue.models import Component, Hosting, Profile
from catalogue.presenters.links import external
from commons import formatting
from commons.formatting import money, number, unit_price

FEW, MANY = 1_000, 100_000  # transactions a year: a village's and a city's


def of(component: Component) -> dict:
    """`component` is as `component_rows.described` gives it."""
    profile = profile_of(component)
    return {
        "start": profile.start,
        "start_link": external(profile.start_url),
        "facts": [*asking(profile), *cost(component), *terms(component), *running(component, profile)],
        "places": places(component),
        "ends_on": profile.ends_on,
    }


def profile_of(component: Component) -> Profile:
    """Its profile; one that states nothing where nobody has written any."""
    return getattr(component, "profile", None) or Profile()


def asking(profile: Profile) -> list[dict]:
    contact = {"value": profile.contact_name, "mail": profile.contact_email, "link": external(profile.contact_url)}
    return [{"key": _("Contact"), **contact}, {"key": _("Support"), "text": profile.support}]


def cost(component: Component) -> list[dict]:
    price, fee, currency = component.price_per_transaction, component.fixed_fee, component.currency
    return [
        {"key": _("Cost band"), "value": band(price, fee, currency)},
        {"key": _("Price of a transaction"), "value": unit_price(price, currency)},
        {"key": _("Fixed fee a year"), "value": money(fee, currency)},
        {"key": _("What bodies say they pay"), "value": paid(component)},
    ]


def band(price: Decimal | None, fee: Decimal | None, currency: str) -> str:
    """“£600 to £1,200 a year for 1,000 to 100,000 transactions”: what the publisher asks, for few and for many."""
    if price is None and fee is None:
        return ""
    if not price and not fee:
        missing = price is None or fee is None
        return _("nothing, as far as is stated") if missing else _("free of charge")
    if not price:
        text = _("%(fee)s a year") % {"fee": money(fee, currency)}
        return text if price is not None else _("%(text)s; no price of a transaction is stated") % {"text": text}
    low, high = ((fee or Decimal(0)) + price * volume for volume in (FEW, MANY))
    text = _("%(low)s to %(high)s a year for %(few)s to %(many)s transactions") % {
        "low": money(low, currency), "high": money(high, currency), "few": number(FEW), "many": number(MANY),
    }  # fmt: skip
    return text if fee is not None else _("%(text)s; no fixed fee is stated") % {"text": text}


def paid(component: Component) -> str:
    """What is stated by those who use it, in prices of the year that each of them states."""
    sums = component.paid
    if not sums:
        return ""
    said = ngettext("%(number)s statement", "%(number)s statements", sums["statements"])
    said = said % {"number": number(sums["statements"])}
    least, most = (money(Decimal(str(sums[name])), component.currency) for name in ("least", "most"))
    amount = least if least == most else _("%(least)s to %(most)s") % {"least": least, "most": most}
    return _("%(amount)s a year (%(said)s)") % {"amount": amount, "said": said}


def terms(component: Component) -> list[dict]:
    available = [group["label"] for group in component.offered_to]
    return [
        {"key": _("Licence"), **address_or_text(component.licence)},
        {"key": _("Open licence"), "value": formatting.stated(component.open_licence)},
        {"key": _("Available to"), "value": ", ".join(available) or _("all public bodies")},
    ]


def running(component: Component, profile: Profile) -> list[dict]:
    return [
        {"key": _("Hosting"), "value": "; ".join(str(Hosting(one).label) for one in profile.hosting).capitalize()},
        {"key": _("Security statement"), **address_or_text(profile.security_url)},
        {"key": _("Accessibility statement"), **address_or_text(profile.accessibility_url)},
        {"key": _("Leaving it"), "text": profile.leaving},
        {"key": _("Data can be taken out"), "value": formatting.stated(component.data_exportable)},
        {"key": _("Languages"), "value": ", ".join(map(language, profile.languages))},
        {"key": _("Version"), "value": version(profile)},
    ]


def language(code: str) -> str:
    """“Welsh” for `cy`, “Welsh (cy-GB)” for `cy-GB`; the code itself where nobody knows its name."""
    try:
        known = get_language_info(code.lower())
    except KeyError:
        return code
    name = str(known["name_translated"])
    return name if known["code"] == code.lower() else f"{name} ({code})"


def version(profile: Profile) -> str:
    day = formatting.plain_date(profile.released_on) if profile.released_on else ""
    if profile.version and day:
        return _("%(version)s, of %(day)s") % {"version": profile.version, "day": day}
    return profile.version or (_("of %(day)s") % {"day": day} if day else "")


def places(component: Component) -> list[dict]:
    return [
        {"key": _("Kind"), "value": component.get_kind_display()},
        {"key": _("Stage"), "value": component.get_lifecycle_display()},
        {"key": _("Homepage"), **address_or_text(component.url)},
        {"key": _("Source code"), **address_or_text(component.repository)},
        {"key": _("Documentation"), **address_or_text(component.documentation)},
        {"key": _("Valid description file"), "value": formatting.stated(component.valid_metadata)},
    ]


def address_or_text(text: str) -> dict:
    link = external(text)
    return {"link": link} if link["href"] else {"value": link["text"]}
