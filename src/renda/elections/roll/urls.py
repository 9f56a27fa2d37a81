"""Addresses under /election/<pk>/roll/."""

from django.urls import URLPattern, path

from renda.elections.roll import import_views, review_views, views, voter_views

urlpatterns: list[URLPattern] = [
    path("", views.overview, name="election-roll"),
    path("voters/", views.voters, name="election-roll-voters"),
    path("voters/<int:voter>/", voter_views.show, name="election-roll-voter"),
    path("voters/<int:voter>/<str:step>/", voter_views.take, name="election-roll-voter-step"),
    path("voters/<int:voter>/reveal/<str:field>/", voter_views.reveal, name="election-roll-reveal"),
    path("enter/", voter_views.enter, name="election-roll-enter"),
    path("export/", views.export, name="election-roll-export"),
    path("template/", import_views.template, name="election-roll-template"),
    path("import/", import_views.index, name="election-roll-imports"),
    path("import/<int:number>/", import_views.show, name="election-roll-import"),
    path("import/<int:number>/progress/", import_views.progress, name="election-roll-progress"),
    path("import/<int:number>/rejects/", import_views.rejects, name="election-roll-rejects"),
    path("import/<int:number>/<str:step>/", import_views.step, name="election-roll-import-step"),
    path("changes/", review_views.changed, name="election-roll-changes"),
    path("duplicates/", review_views.queue, name="election-roll-duplicates"),
    path("duplicates/<int:number>/", review_views.decide, name="election-roll-decide"),
]
