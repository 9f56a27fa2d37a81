"""Addresses under /election/<pk>/voting/."""

from django.urls import path

from renda.elections.voting import box_views, proxy_views, views

urlpatterns = [
    path("", views.index, name="election-voting"),
    path("open/", views.open_rounds, name="election-rounds-open"),
    path("live/", views.live, name="election-live"),
    path("wall/", views.wall, name="election-wall"),
    path("sheets/", views.read_sheets, name="election-sheets"),
    path("proxies/", proxy_views.index, name="election-proxies"),
    path("proxies/new/", proxy_views.new, name="election-proxy-new"),
    path("proxies/decide/", proxy_views.decide, name="election-proxies-decide"),
    path("proxies/<int:proxy>/revoke/", proxy_views.revoke, name="election-proxy-revoke"),
    path("<int:round>/", views.show, name="election-round"),
    path("<int:round>/next/", views.open_next, name="election-round-next"),
    path("<int:round>/void/", views.void, name="election-round-void"),
    path("<int:round>/ballot/", box_views.ballot, name="election-ballot"),
    path("<int:round>/printed/", box_views.printed, name="election-printed"),
    path("<int:round>/slips/", box_views.slips, name="election-slips"),
    path("<int:round>/sheet/", box_views.sheet, name="election-sheet"),
    path("<int:round>/boxes/", box_views.add, name="election-box-add"),
    path("<int:round>/boxes/<int:box>/", box_views.show, name="election-box"),
    path("<int:round>/boxes/<int:box>/hour/", box_views.hour, name="election-box-hour"),
]
