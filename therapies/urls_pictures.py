"""Figures and pictures of the library; clinic_site mounts them under /desk/library/figures/."""

from django.urls import path

from therapies import views_pose_editor, views_uploads

urlpatterns = [
    path("", views_pose_editor.library_figures, name="library_figures"),
    path("new/", views_pose_editor.library_figure_new, name="library_figure_new"),
    path("preview/", views_pose_editor.library_figure_preview, name="library_figure_preview"),
    path("upload/", views_uploads.library_upload, name="library_upload"),
]
