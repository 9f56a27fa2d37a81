"""Addresses under /election/ that hang on a matter or a mandate, not on an election."""

from django.urls import path

from renda.elections.departures import views

urlpatterns = [
    path("recall/<int:recall>/signers/", views.signers, name="recall-signers"),
    path("recall/<int:recall>/signers/strike/", views.strike, name="recall-strike"),
    path("vacancy/<int:mandate>/", views.vacancy, name="vacancy"),
]
