from django.apps import AppConfig
from django.db.models.signals import post_migrate


class LabsConfig(AppConfig):
    name = "labs"

    def ready(self) -> None:
        from labs.built_in_tools import lay_out_after_migrating

        post_migrate.connect(
            lay_out_after_migrating, sender=self, dispatch_uid="labs.built_in_tools"
        )
