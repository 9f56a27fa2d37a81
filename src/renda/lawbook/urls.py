"""Addresses of the law pages."""

from django.urls import path

from renda.lawbook.views import choices, holidays, parameters

urlpatterns = [
    path("", parameters.index, name="law"),
    path("keys/<str:key>/", parameters.show, name="law-key"),
    path("holidays/", holidays.years, name="law-holidays"),
    path("holidays/<int:year>/", holidays.show, name="law-year"),
    path("holidays/<int:year>/edit/", holidays.edit, name="law-year-edit"),
    path("holidays/<int:year>/restore/", holidays.restore, name="law-year-restore"),
    path("choices/", choices.index, name="law-choices"),
    path("choices/<str:key>/", choices.show, name="law-choice"),
    path("choices/<str:key>/withdraw/", choices.withdraw, name="law-choice-withdraw"),
    path("packs/", choices.packs, name="law-packs"),
]
