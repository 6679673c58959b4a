from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "systemschangers.home"
    label = "home"
