"""A production environment with made-up secrets, for tests that start a process of their own."""

PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "systemschangers.settings",
    "SC_MODE": "production",
    "SECRET_KEY": "Zr4wq8Vn2Tj6Yb1Xp5Kd9Gm3Hc7Lf0Rs-made-up-for-this-test-alone",
    "DATABASE_URL": "postgres://nobody@127.0.0.1:1/nothing",
    "ALLOWED_HOSTS": "changers.example",
    "SITE_ADDRESS": "https://changers.example",
    "EMAIL_URL": "smtp://127.0.0.1:1",
    "DEFAULT_FROM_EMAIL": "hello@changers.example",
}
