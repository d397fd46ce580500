"""What breaks each constraint about the clinic's own figures and uploaded pictures."""

from collections.abc import Callable

from therapies.tests.factories_pictures import make_clinic_figure, make_uploaded_picture

TRIPS: dict[str, Callable[[], object]] = {
    "clinic_figures_have_a_title": lambda: make_clinic_figure(title=""),
    "uploaded_pictures_have_a_title": lambda: make_uploaded_picture(title=""),
    "uploaded_pictures_are_png_or_jpeg": lambda: make_uploaded_picture(page_format="svg"),
    "uploaded_pictures_have_a_size": lambda: make_uploaded_picture(width=1201),
}
