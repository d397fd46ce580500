"""Where texts in other languages are reviewed; clinic_site mounts it before the library's own addresses."""

from django.urls import path

from therapies import views_reviews

urlpatterns = [
    path("", views_reviews.review_languages, name="review_languages"),
    path("<str:language>/<str:part>/", views_reviews.review_part, name="review_part"),
    path("<str:language>/<str:part>/keep/", views_reviews.review_save, name="review_save"),
]
