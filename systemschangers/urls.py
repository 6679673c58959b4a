"""Every room's address. Everything is closed unless its view says otherwise."""

from django.contrib import admin
from django.urls import include, path

handler400 = "systemschangers.home.views.errors.bad_request"
handler403 = "systemschangers.home.views.errors.forbidden"
handler404 = "systemschangers.home.views.errors.not_found"
handler500 = "systemschangers.home.views.errors.server_error"

urlpatterns = [
    path("", include("systemschangers.home.urls")),
    path("", include("wins.urls")),
    path("", include("labs.urls")),
    path("", include("cohorts.urls")),
    path("account/", include("allauth.urls")),
    path("setting-up/", admin.site.urls),
]
