"""Addresses under /election/<pk>/outcome/."""

from django.urls import path

from renda.elections.outcome import views

urlpatterns = [
    path("", views.index, name="election-outcome"),
    path("review/", views.review, name="election-review"),
    path("publish/", views.publish, name="election-deputies-publish"),
    path("seat/", views.seat, name="election-seat"),
    path("close/", views.close, name="election-close"),
    path("file/", views.export, name="election-file"),
]
