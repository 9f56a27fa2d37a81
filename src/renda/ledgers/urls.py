"""Addresses of the import of ledgers."""

from django.urls import path

from renda.ledgers import views

urlpatterns = [
    path("", views.index, name="ledgers"),
    path("upload/", views.upload, name="ledgers-upload"),
    path("templates.zip", views.templates, name="ledgers-templates"),
    path("templates/<str:code>.xlsx", views.template, name="ledgers-template"),
    path("export.zip", views.export, name="ledgers-export"),
    path("<int:pk>/", views.show, name="ledgers-import"),
    path("<int:pk>/progress/", views.progress, name="ledgers-progress"),
    path("<int:pk>/settle/", views.settle, name="ledgers-settle"),
    path("<int:pk>/write/", views.write, name="ledgers-write"),
    path("<int:pk>/drop/", views.drop, name="ledgers-drop"),
    path("<int:pk>/rejects.xlsx", views.rejects, name="ledgers-rejects"),
]
