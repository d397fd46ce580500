from django.urls import path

from therapies import views

urlpatterns = [
    path("learn/", views.learn, name="learn"),
    path("learn/<slug:slug>/", views.learn_therapy, name="learn_therapy"),
]
