"""Addresses of the reports."""

from django.urls import path

from renda.reports.pages import desk, issued, memory_page, panel, printing

SPOT = "<int:pk>/at/<int:start>-<int:end>-<int:nth>/"

urlpatterns = [
    path("", desk.index, name="reports"),
    path("upload/", desk.upload, name="report-upload"),
    path("memory/", memory_page.show, name="report-memory"),
    path("memory/forget/", memory_page.forget, name="report-forget"),
    path("<int:pk>/", desk.show, name="report"),
    path("<int:pk>/rename/", desk.rename, name="report-rename"),
    path("<int:pk>/void/", desk.void, name="report-void"),
    path("<int:pk>/accept/", panel.accept_sure, name="report-accept-sure"),
    path("<int:pk>/checks/", printing.checks, name="report-checks"),
    path("<int:pk>/compare/", printing.compare, name="report-compare"),
    path("<int:pk>/report.docx", printing.docx, name="report-docx"),
    path("<int:pk>/report.pdf", printing.pdf, name="report-pdf"),
    path("<int:pk>/evidence.xlsx", printing.evidence, name="report-evidence"),
    path("<int:pk>/issue/", issued.issue, name="report-issue"),
    path("<int:pk>/drift/", issued.drift, name="report-drift"),
    path(SPOT, panel.show, name="report-spot"),
    path(f"{SPOT}settle/", panel.settle, name="report-settle"),
    path(f"{SPOT}change/", panel.change, name="report-change"),
    path(f"{SPOT}search/", panel.search, name="report-search"),
    path(f"{SPOT}try/", panel.try_, name="report-try"),
    path(f"{SPOT}records/", printing.records, name="report-records"),
]
