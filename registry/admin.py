"""The operators' pages of the registry. Council teams never see them."""

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin, messages
from django.utils.html import format_html

from commons.exceptions import Refused
from registry.actions.factors import remove_all_factors
from registry.actions.tokens import revoke_token
from registry.audited_admin import AuditedAdmin, ReadOnlyAdmin
from registry.models import (
    Account,
    Commons,
    Contribution,
    Declaration,
    Event,
    Identifier,
    Letter,
    Membership,
    Notice,
    Organisation,
    Pair,
    Payment,
    Person,
    Review,
    SpendFile,
    Stewardship,
    Succession,
    Token,
    Volume,
)
from registry.models.organisation import RESERVED_SLUGS
from registry.permissions import is_operator
from registry.signed_in import actor_of

# People look after these on their own pages; providers are named by settings; secrets are nobody's to see.
admin.site.unregister([Authenticator, EmailAddress, SocialAccount, SocialApp, SocialToken, UserSession])


class IdentifierInline(admin.TabularInline):
    model = Identifier
    extra = 0


class SuccessionInline(admin.TabularInline):
    model = Succession
    fk_name = "predecessor"
    autocomplete_fields = ["successor"]
    extra = 0


class OrganisationForm(forms.ModelForm):
    def clean_slug(self) -> str:
        slug = self.cleaned_data["slug"]
        if slug in RESERVED_SLUGS:
            raise forms.ValidationError("This slug is the address of another page. Choose another one.")
        return slug


@admin.register(Organisation)
class OrganisationAdmin(AuditedAdmin):
    form = OrganisationForm
    list_display = ["name", "type", "peer_group", "region", "start", "end"]
    list_filter = ["peer_group", "nation", "region"]
    list_select_related = ["peer_group"]
    search_fields = ["name", "slug", "identifiers__code"]
    autocomplete_fields = ["parent"]
    inlines = [IdentifierInline, SuccessionInline]

    def searched(self, obj):
        """Those that it looks after, whose entries name it, and those that it uses: they name its peer group."""
        used = Declaration.objects.current().adoptions().filter(organisation=obj)
        kept = obj.stewardships.current()
        return [*kept.values_list("component", flat=True), *used.values_list("component", flat=True)]

    def get_readonly_fields(self, request, obj=None):
        """The slug is in addresses and in the index's random streams: it is given once."""
        return ["slug"] if obj else []


@admin.register(Declaration)
class DeclarationAdmin(ReadOnlyAdmin):
    list_display = ["organisation", "function", "kind", "component", "system", "stage", "evidence", "confirmed"]
    list_filter = ["kind", "stage", "evidence"]
    list_select_related = ["organisation", "function", "component"]
    search_fields = ["organisation__name", "function__name", "component__name", "system"]
    show_full_result_count = False


@admin.register(Stewardship)
class StewardshipAdmin(ReadOnlyAdmin):
    list_display = ["component", "organisation", "share", "superseded_in"]
    list_select_related = ["component", "organisation", "superseded_in"]
    search_fields = ["component__name", "organisation__name"]


@admin.register(Review)
class ReviewAdmin(ReadOnlyAdmin):
    list_display = ["component", "organisation", "written_on", "superseded_in"]
    list_select_related = ["component", "organisation", "superseded_in"]
    search_fields = ["component__name", "organisation__name"]


@admin.register(Notice)
class NoticeAdmin(ReadOnlyAdmin):
    """Claimed and not mailed: a worker was cut off, and nobody knows whether the letter went."""

    list_display = ["organisation", "deprecation", "claimed_at", "mailed_at"]
    list_select_related = ["organisation", "deprecation__component"]
    search_fields = ["organisation__name", "deprecation__component__name"]


@admin.register(Pair)
class PairAdmin(ReadOnlyAdmin):
    """Judged on its own page, where both components stand side by side."""

    list_display = ["__str__", "state", "found_on", "page"]
    list_filter = ["state"]
    list_select_related = ["first", "second"]
    search_fields = ["first__name", "second__name"]

    @admin.display(description="Judge it")
    def page(self, pair):
        return format_html('<a href="{}">Side by side</a>', pair.get_absolute_url())


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    list_display = ["at", "act", "by", "source"]
    list_filter = ["act"]
    list_select_related = ["by"]


@admin.register(Token)
class TokenAdmin(ReadOnlyAdmin):
    """Tokens are issued by `manage.py issue_token`, which shows the secret once; here they are seen and revoked."""

    list_display = ["prefix", "name", "organisation", "scopes", "issued_on", "expires_on", "last_used_on", "revoked_at"]
    list_select_related = ["organisation"]
    search_fields = ["prefix", "name", "organisation__name"]
    exclude = ["hash"]
    actions = ["revoke"]

    @admin.action(description="Revoke the selected tokens, at once and for good", permissions=["revoke"])
    def revoke(self, request, queryset):
        for token in queryset:
            try:
                revoke_token(token=token, by=actor_of(request))
                self.message_user(request, f"{token} no longer works.")
            except Refused as refused:
                self.message_user(request, str(refused), messages.ERROR)

    def has_revoke_permission(self, request):
        return is_operator(actor_of(request))


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    """Roles are granted and ended on the pages of each body's team, and by `manage.py grant_role` and `end_role`."""

    list_display = ["person", "role", "organisation", "granted_in", "ended_in"]
    list_filter = ["role"]
    list_select_related = ["person", "organisation", "granted_in", "ended_in"]
    search_fields = ["person__email", "person__name", "organisation__name"]


@admin.register(Letter)
class LetterAdmin(ReadOnlyAdmin):
    """Claimed and not sent: a worker was cut off and nobody knows whether it went, or after the last try it was given
    up. What it says is for whom it is to alone: it may let somebody in."""

    list_display = ["subject", "to", "written_at", "tries", "next_at", "claimed_at", "sent_at"]
    search_fields = ["to", "subject"]
    exclude = ["text"]


@admin.register(Person)
class PersonAdmin(AuditedAdmin):
    list_display = ["email", "name", "is_staff", "is_active", "last_login"]
    list_filter = ["is_staff", "is_active"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "is_staff", "is_superuser", "is_active", "groups", "user_permissions", "last_login"]
    readonly_fields = ["last_login"]
    filter_horizontal = ["groups", "user_permissions"]
    actions = ["remove_factors"]

    @admin.action(description="Remove all second factors, of people who have lost them", permissions=["operate"])
    def remove_factors(self, request, queryset):
        for person in queryset:
            try:
                remove_all_factors(person=person, by=actor_of(request))
                self.message_user(request, f"{person} has no second factor any more.")
            except Refused as refused:
                self.message_user(request, str(refused), messages.ERROR)

    def has_operate_permission(self, request):
        return is_operator(actor_of(request))


@admin.register(Commons)
class CommonsAdmin(AuditedAdmin):
    def has_add_permission(self, request):
        return not Commons.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(Volume)
class VolumeAdmin(AuditedAdmin):
    list_display = ["organisation", "function", "transactions"]
    list_select_related = ["organisation", "function"]
    autocomplete_fields = ["organisation", "function"]
    search_fields = ["organisation__name", "function__name"]


@admin.register(Account)
class AccountAdmin(AuditedAdmin):
    list_display = ["organisation", "financial_year", "frontline", "administrative"]
    list_select_related = ["organisation"]
    list_filter = ["financial_year"]
    autocomplete_fields = ["organisation"]
    search_fields = ["organisation__name"]


@admin.register(Contribution)
class ContributionAdmin(AuditedAdmin):
    list_display = ["organisation", "component", "made_on", "units"]
    list_select_related = ["organisation", "component"]
    autocomplete_fields = ["organisation", "component"]
    search_fields = ["organisation__name", "component__name"]


@admin.register(Payment)
class PaymentAdmin(ReadOnlyAdmin):
    list_display = ["organisation", "paid_on", "supplier", "amount", "function"]
    list_select_related = ["organisation", "function"]
    search_fields = ["organisation__name", "supplier"]
    show_full_result_count = False


@admin.register(SpendFile)
class SpendFileAdmin(ReadOnlyAdmin):
    list_display = ["organisation", "file", "period"]
    list_select_related = ["organisation"]
    exclude = ["content"]

    def get_queryset(self, request):
        return super().get_queryset(request).defer("content")
