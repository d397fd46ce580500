"""The library's addresses; clinic_site mounts them under /desk/library/."""

from django.urls import path

from therapies import (
    views_library_keep,
    views_library_pages,
    views_library_pictures,
    views_library_publish,
    views_library_read,
    views_library_write,
)

urlpatterns = [
    path("new/", views_library_write.library_new, name="library_new"),
    path(
        "pages/<slug:slug>/draft/<slug:language>/",
        views_library_pages.library_page_draft,
        name="library_page_draft",
    ),
    path(
        "pages/<slug:slug>/draft/<slug:language>/start/",
        views_library_pages.library_page_draft_start,
        name="library_page_draft_start",
    ),
    path(
        "pages/<slug:slug>/draft/<slug:language>/discard/",
        views_library_pages.library_page_draft_discard,
        name="library_page_draft_discard",
    ),
    path(
        "pages/<slug:slug>/<int:page>/publish/",
        views_library_publish.library_page_publish,
        name="library_page_publish",
    ),
    path(
        "pages/<slug:slug>/<int:page>/loosen/",
        views_library_publish.library_page_loosen,
        name="library_page_loosen",
    ),
    path(
        "programmes/<slug:slug>/publish/",
        views_library_publish.library_programme_publish,
        name="library_programme_publish",
    ),
    path("<slug:slug>/compare/", views_library_read.library_compare, name="library_compare"),
    path("<slug:slug>/star/", views_library_keep.library_star, name="library_star"),
    path("<slug:slug>/retire/", views_library_keep.library_retire, name="library_retire"),
    path("<slug:slug>/bring-back/", views_library_keep.library_bring_back, name="library_bring_back"),
    path("<slug:slug>/draft/from/<uuid:version>/", views_library_write.library_draft_start, name="library_draft_start"),
    path("<slug:slug>/draft/facts/", views_library_write.library_draft_facts, name="library_draft_facts"),
    path(
        "<slug:slug>/draft/words/<slug:language>/",
        views_library_write.library_draft_words,
        name="library_draft_words",
    ),
    path(
        "<slug:slug>/draft/pictures/<slug:name>/",
        views_library_pictures.library_draft_picture,
        name="library_draft_picture",
    ),
    path("<slug:slug>/draft/discard/", views_library_write.library_draft_discard, name="library_draft_discard"),
    path("<slug:slug>/publish/<uuid:version>/", views_library_publish.library_publish, name="library_publish"),
    path("<slug:slug>/loosen/<uuid:version>/", views_library_publish.library_loosen, name="library_loosen"),
]
