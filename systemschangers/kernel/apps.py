from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KernelConfig(AppConfig):
    name = "systemschangers.kernel"
    label = "kernel"

    def ready(self) -> None:
        autodiscover_modules("audiences")
