"""What of the registry a worker does."""

from celery import shared_task
from django.utils import timezone

from public_value.tasks import follow_registry
from registry.actions.alerts import forget_unconfirmed, send_alerts
from registry.actions.attestations import end_abandoned, lapse_overdue, tell_bodies
from registry.actions.audits import draw_audits
from registry.actions.challenges import escalate_overdue, forget_challengers
from registry.actions.declarations import disclose_due
from registry.actions.deliveries import deliver_due, forget_old
from registry.actions.evidence import check_links
from registry.actions.harvests import harvest_due
from registry.actions.imports import forget_imports, work_due
from registry.actions.likenesses import say_likenesses
from registry.actions.looking import forget_lapsed
from registry.actions.notices import mail_due_notices
from registry.actions.pairs import propose_pairs
from registry.actions.post import forget_letters, send_letters
from registry.actions.quarterly import write_quarterly
from registry.actions.reorganisations import carry_out_due
from registry.actions.search import refresh_search, refresh_stale
from registry.actions.tokens import warn_of_ends
from registry.actions.usage import grade_measured
from registry.actions.waiting import tell_moderators
from registry.api.once import forget_answers
from registry.listings.moderation import arrived
from registry.models import SharedValue
from registry.permissions import COMMAND_LINE
from registry.signing_in import codes
from registry.signing_in.sessions import forget_ended


@shared_task
def refresh_search_entries() -> None:
    """Count anew who uses what: declarations grow old without anybody writing anything."""
    refresh_search()


@shared_task
def refresh_stale_entries() -> None:
    """Bring up to date what an upgrade or an interrupted load left behind what is recorded."""
    refresh_stale()


@shared_task
def harvest_sources() -> None:
    """Read the sources whose turn it is."""
    if harvest_due(by=COMMAND_LINE):
        tell_likenesses.delay()


@shared_task
def tell_likenesses() -> None:
    """Say in the logs what was here already that does what new components do. Said once, it stays."""
    say_likenesses()


@shared_task
def deliver_webhooks() -> None:
    """Tell webhooks what is due. A lost message costs time: the timetable comes by as well."""
    deliver_due()


@shared_task
def forget_deliveries() -> None:
    forget_old()


@shared_task
def tell_of_searches() -> None:
    """Write to those who asked for it what is new of their searches. A second ring finds nothing new."""
    send_alerts()


@shared_task
def forget_unconfirmed_alerts() -> None:
    forget_unconfirmed()


@shared_task
def mail_notices() -> None:
    """Write to bodies that use a component which ends. What was sent, or claimed, never goes again."""
    mail_due_notices()


@shared_task
def find_pairs() -> None:
    """Propose which components may be one. A second ring finds the same."""
    propose_pairs()


@shared_task
def carry_out_reorganisations() -> None:
    """Carry out what is planned for today, or was for a day before. A second ring finds it done."""
    carry_out_due(by=COMMAND_LINE)


@shared_task
def send_letters_due() -> None:
    """Send what acts owe. A lost message costs time: the timetable comes by as well."""
    send_letters()


@shared_task
def forget_letters_sent() -> None:
    forget_letters()


@shared_task
def disclose_withheld() -> None:
    """Show what was kept back until today. What is shown is due no more."""
    disclose_due()


@shared_task
def forget_idempotent_answers() -> None:
    forget_answers()


@shared_task
def warn_of_tokens() -> None:
    """Write of tokens that are about to end. Whoever had the letter has it once."""
    warn_of_ends()


@shared_task
def mail_code(code: str) -> None:
    """Mail a code to sign in with to whom it reaches. Who comes second does nothing."""
    codes.mail(code)


@shared_task
def forget_signing_in() -> None:
    """Delete codes, counts and sessions that are over."""
    codes.forget()
    forget_ended()
    SharedValue.objects.filter(expires_at__lt=timezone.now()).delete()


@shared_task
def check_evidence() -> None:
    """Look whether evidence links answer whose turn it is. One that is being looked at is left alone."""
    check_links()


@shared_task
def keep_attestations() -> None:
    """End what nobody answered in time, and what is of statements that are gone. A second ring finds none."""
    lapse_overdue()
    end_abandoned()


@shared_task
def tell_of_attestations() -> None:
    """Write to bodies what became of their statements until yesterday. What was told is not told again."""
    tell_bodies()


@shared_task
def grade_measured_use() -> None:
    """Grade uses by what was counted of them. What has its grade is left alone."""
    grade_measured()


@shared_task
def draw_audits_of_last_year() -> None:
    """Draw what is audited of last year's attestations. What is drawn stays."""
    draw_audits(by=COMMAND_LINE)


@shared_task
def write_quarterly_letters() -> None:
    """Write to bodies that have something to confirm: once a quarter, whoever rings."""
    write_quarterly()


@shared_task
def escalate_challenges() -> None:
    """Pass to the moderators what nobody answered in time. What has been passed on is theirs already."""
    escalate_overdue(by=COMMAND_LINE)


@shared_task
def tell_of_waiting() -> None:
    """Write to moderators that something new waits. A second ring of a day finds it told."""
    tell_moderators(arrived)


@shared_task
def forget_leases() -> None:
    """Delete who looked at what for review, once that has lapsed."""
    forget_lapsed()


@shared_task
def forget_challenges() -> None:
    """Delete addresses that are not needed any more, and what tells where challenges came from."""
    forget_challengers()


@shared_task
def run_imports() -> None:
    """Read, check and publish what bodies have sent. What a worker has is left alone."""
    if work_due():
        follow_registry.delay()


@shared_task
def forget_old_imports() -> None:
    forget_imports()
