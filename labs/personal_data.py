"""What labs keep about a person. One module a noun; each is imported here, and so found."""

from labs import (
    barriers_personal_data,  # noqa: F401
    labs_personal_data,  # noqa: F401
    reflections_personal_data,  # noqa: F401
    tools_personal_data,  # noqa: F401
    voices_personal_data,  # noqa: F401
)
