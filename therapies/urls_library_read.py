"""The library's pages that lead up to pages of higher apps: clinic_site says which when it mounts them."""

from django.urls import path

from therapies import views_library, views_library_read

urlpatterns = [
    path("", views_library.library, name="library"),
    path("pages/<slug:slug>/", views_library_read.library_page, name="library_page"),
    path("<slug:slug>/", views_library_read.library_instruction, name="library_instruction"),
]
