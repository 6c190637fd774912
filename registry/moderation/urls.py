from django.urls import path

from registry.moderation import bodies, components, doors, editions, exemptions, owners, queue, withdrawals

urlpatterns = [
    path("", queue.queue, name="moderation"),
    path("leases/<slug:kind>/<str:key>/take/", doors.take, name="take_over"),
    path("leases/<slug:kind>/<str:key>/put-back/", doors.leave, name="put_back"),
    path("owners/<int:pk>/", owners.first_owner, name="first_owner"),
    path("bodies/<int:pk>/", bodies.decide, name="body_request"),
    path("components/<slug:slug>/", components.new_component, name="new_component"),
    path("components/<slug:slug>/pair/<slug:other>/", components.propose, name="propose_pair"),
    path("organisations/<slug:slug>/seen/", components.seen_through, name="seen_through"),
    path("withdrawals/<int:pk>/", withdrawals.decide, name="decide_withdrawal"),
    path("exemptions/", exemptions.panels, name="panels"),
    path("editions/", editions.editions, name="editions_to_publish"),
    path("editions/<int:pk>/", editions.edition, name="edition_to_publish"),
]
