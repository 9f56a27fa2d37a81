"""All addresses of the site."""

from django.urls import include, path

from renda.web import (
    access_views,
    account_pages,
    calendar_page,
    faults,
    figure_export,
    figure_pages,
    journal_page,
    pages,
    who_may,
)

urlpatterns = [
    path("", pages.home, name="home"),
    path("all/", pages.everything, name="all"),
    path("search/", pages.search, name="search"),
    path("notices/", pages.notices, name="notices"),
    path("calendar/", calendar_page.show, name="calendar"),
    path("journal/", journal_page.show, name="journal"),
    path("journal/verify/", journal_page.verify, name="journal-verify"),
    path("figures/", figure_pages.index, name="figures"),
    path("figures/<str:code>/", figure_pages.show, name="figure"),
    path("figures/<str:code>/export/", figure_export.export, name="figure-export"),
    path("login/", access_views.sign_in, name="login"),
    path("sign-out/", access_views.sign_out, name="sign-out"),
    path("password/", access_views.password, name="password"),
    path("hat/", access_views.hat, name="hat"),
    path("language/", access_views.language, name="language"),
    path("accounts/", account_pages.index, name="accounts"),
    path("accounts/new/", account_pages.new, name="account-new"),
    path("accounts/rights/", who_may.show, name="who-may"),
    path("accounts/people/", account_pages.people, name="account-people"),
    path("accounts/<int:pk>/", account_pages.show, name="account"),
    path("accounts/<int:pk>/hats/", account_pages.give_hat, name="account-give"),
    path("accounts/<int:pk>/hats/<int:hat>/take/", account_pages.take_hat, name="account-take"),
    path("accounts/<int:pk>/password/", account_pages.reset, name="account-reset"),
    path("accounts/<int:pk>/lock/", account_pages.lock, name="account-lock"),
    path("accounts/<int:pk>/lockout/", account_pages.open_lockout, name="account-lockout"),
    path("accounts/<int:pk>/sessions/", account_pages.end_sessions, name="account-sessions"),
    path("law/", include("renda.lawbook.urls")),
    path("ledgers/", include("renda.ledgers.urls")),
    path("reports/", include("renda.reports.pages.urls")),
    path("yearend/", include("renda.reports.yearend.urls")),
    path("", include("renda.ui.urls")),
]

handler400 = faults.bad_request
handler403 = faults.refused
handler404 = faults.missing
handler500 = faults.broken
