from django.urls import path

from systemschangers.urls import handler400, handler403, handler404, handler500, urlpatterns

from . import floors

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]
urlpatterns = [
    *urlpatterns,
    path("floor/empty/", floors.empty),
    path("floor/plain/", floors.plain),
]
