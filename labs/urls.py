from django.urls import path

from .views import (
    anonymous_barriers,
    barrier_links,
    barrier_steps,
    barrier_tidying,
    barriers,
    handed_decisions,
)

app_name = "labs"
urlpatterns = [
    path("barriers/", barriers.listing, name="barriers"),
    path("barriers/pattern/", barriers.pattern, name="barrier_pattern"),
    path("barriers/new/", barriers.new, name="barrier_new"),
    path("barriers/anonymous/", anonymous_barriers.anonymous, name="barrier_anonymous"),
    path("barriers/receipt/", anonymous_barriers.receipt, name="barrier_receipt"),
    path("barriers/<int:pk>/", barriers.barrier, name="barrier"),
    path("barriers/<int:pk>/edit/", barriers.edit, name="barrier_edit"),
    path("barriers/<int:pk>/response/", barrier_steps.response, name="barrier_response"),
    path("barriers/<int:pk>/verdict/", barrier_steps.verdict, name="barrier_verdict"),
    path("barriers/<int:pk>/same-here/", barrier_steps.same_here, name="same_here"),
    path(
        "barriers/<int:pk>/same-here/removal/",
        barrier_steps.same_here_removal,
        name="same_here_removal",
    ),
    path("barriers/<int:pk>/holder/", barrier_steps.holder, name="barrier_holder"),
    path("barriers/<int:pk>/merging/", barrier_tidying.merging, name="barrier_merging"),
    path("barriers/<int:pk>/unmerging/", barrier_tidying.unmerging, name="barrier_unmerging"),
    path(
        "barriers/<int:pk>/setting-aside/",
        barrier_tidying.setting_aside,
        name="barrier_setting_aside",
    ),
    path(
        "barriers/<int:pk>/putting-back/", barrier_tidying.putting_back, name="barrier_putting_back"
    ),
    path("barrier-links/done/", barrier_links.barrier_link_done, name="barrier_link_done"),
    path("barrier-links/<str:token>/", barrier_links.barrier_link, name="barrier_link"),
    path("handed-down/", handed_decisions.listing, name="handed_decisions"),
    path("handed-down/<int:pk>/", handed_decisions.handed_decision, name="handed_decision"),
    path(
        "handed-down/<int:pk>/taking-back/",
        handed_decisions.taking_back,
        name="handed_decision_taking_back",
    ),
]
