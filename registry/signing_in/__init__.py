"""How people sign in: by a mailed code, a passkey or an OpenID Connect provider, and with a second factor.

The stages of a sign-in, second factors, lists of sessions and OpenID Connect are django-allauth's; who may, how codes
are mailed and tried, and every page are ours (docs/adr/0015). None of allauth's own addresses is reachable.
"""
