"""Addresses under /election/<pk>/schedule/."""

from django.urls import path

from renda.elections.schedule import views

urlpatterns = [
    path("", views.show, name="election-schedule"),
    path("wall/", views.wall, name="election-schedule-wall"),
    path("dates.ics", views.download, name="election-schedule-dates"),
    path("move/", views.move, name="election-schedule-move"),
    path("done/<str:key>/", views.mark, name="election-schedule-act"),
    path("feed/make/", views.make_feed, name="election-schedule-feed-make"),
    path("feed/revoke/", views.revoke_feed, name="election-schedule-feed-revoke"),
    path("feed/<str:token>/", views.feed, name="election-schedule-feed"),
]
