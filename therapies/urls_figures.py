"""The figures' addresses; clinic_site mounts them under /figures/."""

from django.urls import path

from therapies import views_figures, views_uploads

urlpatterns = [
    path("<uuid:version_id>/<slug:name>/motion.json", views_figures.figure_motion, name="figure_motion"),
    path("uploads/<uuid:picture_id>/<slug:size>/", views_uploads.uploaded_picture, name="uploaded_picture"),
]
