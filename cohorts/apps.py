from django.apps import AppConfig, apps


class CohortsConfig(AppConfig):
    name = "cohorts"

    def ready(self) -> None:
        """Have the pages at /setting-up/ show what `admin.py` lists and nothing any package adds."""
        apps.get_app_config("admin").default_site = "cohorts.setting_up_site.SettingUpSite"  # type: ignore[attr-defined]
