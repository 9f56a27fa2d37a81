"""Addresses of the public pages: /public/, /public/<division code>/…"""

from django.urls import path

from renda.portal import views, voters

app_name = "portal"
urlpatterns = [
    path("", views.index, name="index"),
    path("notice/", views.own_notice, name="own-notice"),
    path("<str:code>/", views.home, name="home"),
    path("<str:code>/petition/new/", views.new, name="new"),
    path("<str:code>/petition/query/", views.query, name="query"),
    path("<str:code>/petition/rate/", views.rate, name="rate"),
    path("<str:code>/notice/", views.notice, name="notice"),
    path("<str:code>/voter/new/", voters.new, name="voter-new"),
    path("<str:code>/voter/check/", voters.check, name="voter-check"),
    path("<str:code>/voter/transfer/", voters.transfer, name="voter-transfer"),
]
