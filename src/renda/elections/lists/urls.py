"""Addresses under /election/<pk>/lists/."""

from django.urls import path

from renda.elections.lists import views

urlpatterns = [
    path("", views.show, name="election-lists"),
    path("publish/", views.publish, name="election-lists-publish"),
    path("correct/", views.correct, name="election-lists-correct"),
    path("prints/", views.prints, name="election-lists-prints"),
    path("prints/<int:made>/", views.print_progress, name="election-lists-print"),
    path("prints/<int:made>/file/", views.print_file, name="election-lists-print-file"),
    path("card/", views.card, name="election-lists-card"),
]
