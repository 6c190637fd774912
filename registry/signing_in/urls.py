"""Every address of signing in. Names without a namespace are those that allauth leads to."""

from django.urls import path

from registry.signing_in.views import account, confirm, factors, letters, passkeys, providers, sign_in
from registry.views import acts

urlpatterns = [
    path("sign-in/", sign_in.sign_in, name="account_login"),
    path("sign-in/code/", sign_in.code, name="account_code"),
    path("sign-in/second/", sign_in.second, name="mfa_authenticate"),
    path("sign-in/passkey/", passkeys.sign_in, name="account_passkey"),
    path("sign-in/with/<slug:name>/", providers.leave, name="account_provider"),
    path("sign-in/with/<slug:provider_id>/back/", providers.come_back, name="openid_connect_callback"),
    path("sign-out/", sign_in.sign_out, name="account_logout"),
    path("account/", account.account, name="account"),
    path("account/history/", acts.own, name="account_history"),
    path("account/name/", account.name, name="account_name"),
    path("account/letters/", letters.letters, name="account_letters"),
    path("account/address/", account.address, name="account_address"),
    path("account/address/code/", account.address_code, name="account_address_code"),
    path("account/confirm/", confirm.confirm, name="account_confirm"),
    path("account/confirm/code/", confirm.code, name="account_confirm_code"),
    path("account/app/", factors.add_app, name="account_add_app"),
    path("account/passkey/", factors.add_passkey, name="account_add_passkey"),
    path("account/factors/<int:pk>/remove/", factors.remove, name="account_remove_factor"),
    path("account/recovery-codes/", factors.recovery, name="account_recovery"),
    path("account/recovery-codes/file/", factors.recovery_file, name="account_recovery_file"),
    path("account/recovery-codes/new/", factors.renew_recovery, name="account_renew_recovery"),
    path("account/sessions/<int:pk>/end/", account.end_session, name="account_end_session"),
    path("account/sessions/end/", account.end_others, name="account_end_others"),
]
