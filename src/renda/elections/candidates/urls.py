"""Addresses under /election/<pk>/candidates/."""

from django.urls import path

from renda.elections.candidates import announcement_views, list_views, nominee_views, views

urlpatterns = [
    path("", views.index, name="election-candidates"),
    path("district/<int:district>/", views.district, name="election-nominees"),
    path("district/<int:district>/nominate/", nominee_views.nominate, name="election-nominate"),
    path("district/<int:district>/consult/", list_views.consult, name="election-consult"),
    path("district/<int:district>/pre-election/", list_views.pre_election, name="election-pre-election"),
    path("district/<int:district>/pre-election/void/", list_views.void_pre_election, name="election-pre-election-void"),
    path("district/<int:district>/formal/", list_views.formal, name="election-formal-list"),
    path("first/", list_views.first, name="election-first-list"),
    path("list/<int:listed>/undo/", list_views.undo, name="election-candidate-list-undo"),
    path("nominee/<int:nominee>/", nominee_views.show, name="election-nominee"),
    path("nominee/<int:nominee>/form/", nominee_views.paper, name="election-nominee-form"),
    path("nominee/<int:nominee>/leave/", nominee_views.leave, name="election-nominee-leave"),
    path("nominee/<int:nominee>/drop/", nominee_views.drop, name="election-nominee-drop"),
    path("nomination/<int:nomination>/void/", nominee_views.void_nomination, name="election-nomination-void"),
    path("announcements/", announcement_views.index, name="election-announcements"),
    path("announcements/<str:code>/new/", announcement_views.new, name="election-announcement-new"),
    path("announcements/<int:announcement>/file/", announcement_views.file, name="election-announcement-file"),
    path("announcements/<int:announcement>/void/", announcement_views.void, name="election-announcement-void"),
]
