from django.conf import settings
from django.urls import path

from .views import carrying, cohort_health, health, home, more, notifications

app_name = "home"
urlpatterns = [
    path("", home.home, name="home"),
    path("more/", more.more, name="more"),
    path("noticed/", notifications.listing, name="notifications"),
    path("noticed/<int:pk>/", notifications.opening, name="notification"),
    path("noticed/seen/", notifications.seen, name="notifications_seen"),
    path("leader-requests/<int:pk>/carrying/", carrying.carrying, name="carrying"),
    path("cohorts/<int:pk>/health/", cohort_health.cohort_health, name="cohort_health"),
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
