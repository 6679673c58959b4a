from django.conf import settings
from django.urls import path

from .views import (
    carrying,
    cohort_health,
    health,
    home,
    impact,
    looking_across,
    more,
    notifications,
    paces,
    thinking,
    winning,
)

app_name = "home"
urlpatterns = [
    path("", home.home, name="home"),
    path("waiting/", home.waiting, name="waiting"),
    path("more/", more.more, name="more"),
    path("noticed/", notifications.listing, name="notifications"),
    path("noticed/<int:pk>/", notifications.opening, name="notification"),
    path("noticed/seen/", notifications.seen, name="notifications_seen"),
    path("noticed/choices/", paces.choices, name="paces"),
    path("letters/stopping/<str:token>/", paces.stopping, name="stopping"),
    path("leader-requests/<int:pk>/carrying/", carrying.carrying, name="carrying"),
    path("notes/<int:pk>/win/", winning.note_win, name="note_win"),
    path("borrowings/<int:pk>/win/", winning.borrowing_win, name="borrowing_win"),
    path("wins/<int:pk>/thinking/", thinking.win_thinking, name="win_thinking"),
    path("reflections/<int:pk>/passage/", thinking.passage, name="passage"),
    path("looking-across/", looking_across.looking_across, name="looking_across"),
    path("people/meet/you/", looking_across.people_you_could_meet, name="could_meet"),
    path("cohorts/<int:pk>/health/", cohort_health.cohort_health, name="cohort_health"),
    path("impact/", impact.everyone, name="impact"),
    path("impact/mine/", impact.mine, name="impact_mine"),
    path("impact/organisations/<int:pk>/", impact.organisation, name="impact_organisation"),
    path("impact/services/<int:pk>/", impact.service, name="impact_service"),
    path("impact/cohorts/<int:pk>/", impact.cohort, name="impact_cohort"),
    path("health/live/", health.live, name="live"),
    path("health/ready/", health.ready, name="ready"),
]
if settings.DEVELOPMENT or settings.TESTING:
    from .views import components, demo, outbox

    urlpatterns += [
        path("components/", components.components, name="components"),
        path("demo/", demo.people, name="demo"),
        path("demo/<int:pk>/", demo.be, name="demo_be"),
        path("outbox/", outbox.listing, name="outbox"),
        path("outbox/<int:pk>/", outbox.letter, name="outbox_letter"),
        path("outbox/<int:pk>/html/", outbox.as_it_looks, name="outbox_html"),
    ]
