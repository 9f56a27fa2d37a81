"""Addresses of the templates of letters: /templates/, /templates/petition.notice/, …"""

from django.urls import path

from renda.documents import views

urlpatterns = [
    path("", views.index, name="letter-templates"),
    path("<str:code>/", views.show, name="letter-template"),
    path("<str:code>/upload/", views.upload, name="letter-template-upload"),
    path("<str:code>/restore/", views.restore, name="letter-template-restore"),
    path("<str:code>/file/<int:version>/", views.file, name="letter-template-file"),
    path("<str:code>/sample/", views.sample_order, name="letter-template-sample-order"),
    path("<str:code>/sample/progress/", views.sample_progress, name="letter-template-sample-progress"),
    path("<str:code>/sample/<str:form>/", views.sample, name="letter-template-sample"),
]
