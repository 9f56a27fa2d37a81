"""Addresses under /election/<pk>/schedule/."""

from django.urls import path

from renda.elections.schedule import views

urlpatterns = [
    path("", views.show, name="election-schedule"),
    path("wall/", views.wall, name="election-wall"),
    path("dates.ics", views.download, name="election-dates"),
    path("move/", views.move, name="election-move"),
    path("done/<str:key>/", views.mark, name="election-act"),
    path("feed/make/", views.make_feed, name="election-feed-make"),
    path("feed/revoke/", views.revoke_feed, name="election-feed-revoke"),
    path("feed/<str:token>/", views.feed, name="election-feed"),
]
