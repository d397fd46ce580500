"""The library's addresses; clinic_site mounts them under /desk/library/."""

from django.urls import path

from therapies import views_library

urlpatterns = [
    path("", views_library.library, name="library"),
    path("pages/<slug:slug>/", views_library.library_page, name="library_page"),
    path(
        "pages/<slug:slug>/<int:page>/publish/",
        views_library.library_page_publish,
        name="library_page_publish",
    ),
    path(
        "programmes/<slug:slug>/publish/",
        views_library.library_programme_publish,
        name="library_programme_publish",
    ),
    path("<slug:slug>/", views_library.library_instruction, name="library_instruction"),
    path("<slug:slug>/publish/<uuid:version>/", views_library.library_publish, name="library_publish"),
    path("<slug:slug>/loosen/<uuid:version>/", views_library.library_loosen, name="library_loosen"),
]
