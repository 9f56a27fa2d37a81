"""Addresses under /election/<pk>/counting/."""

from django.urls import path

from renda.elections.counting import record_views, views

urlpatterns = [
    path("", views.index, name="election-counting"),
    path("wall/", views.wall, name="election-results-wall"),
    path("summary/", record_views.make_summary, name="election-summary-make"),
    path("summary/<str:form>/", record_views.summary, name="election-summary"),
    path("<int:round>/", views.show, name="election-count"),
    path("<int:round>/enter/", views.enter, name="election-tally"),
    path("<int:round>/third/", views.third, name="election-third"),
    path("<int:round>/correct/", views.correct, name="election-correct"),
    path("<int:round>/settle/", views.settle, name="election-settle"),
    path("<int:round>/confirm/", views.confirm, name="election-confirm"),
    path("<int:round>/record/", record_views.make_record, name="election-record-make"),
    path("<int:round>/record/<str:form>/", record_views.record, name="election-record"),
]
