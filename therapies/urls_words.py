"""How words read; clinic_site mounts it before the library's own addresses."""

from django.urls import path

from therapies import views_words

urlpatterns = [
    path("", views_words.words_list, name="words_list"),
    path("<slug:kind>/<int:pk>/", views_words.words_text, name="words_text"),
    path("<slug:kind>/<int:pk>/tick/", views_words.words_tick, name="words_tick"),
    path("<slug:kind>/<int:pk>/leave/", views_words.words_leave, name="words_leave"),
]
