"""Addresses of the register pages: /suggestions/suggestions/, /suggestions/suggestions/12/, …"""

from django.urls import path, register_converter

from renda.directory import roles
from renda.ui import attachment_views, bulk_views, letter_pages, links, step_views, views


class RoomConverter:
    """A room of the house."""

    regex = "|".join(roles.ROOMS)

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


register_converter(RoomConverter, "room")

app_name = "ui"
urlpatterns = [
    path("lookup/<str:target>/", views.suggestions, name="lookup"),
    path("<room:room>/", views.room, name="room"),
    path("<room:room>/<slug:slug>/", views.records, name="list"),
    path("<room:room>/<slug:slug>/new/", views.new, name="new"),
    path("<room:room>/<slug:slug>/export/", views.export, name="export"),
    path("<room:room>/<slug:slug>/void/", views.void_many, name="void-many"),
    path("<room:room>/<slug:slug>/steps/", bulk_views.bulk, name="steps"),
    path("<room:room>/<slug:slug>/<int:pk>/", views.record, name="detail"),
    path("<room:room>/<slug:slug>/<int:pk>/edit/", views.edit, name="edit"),
    path("<room:room>/<slug:slug>/<int:pk>/void/", views.void, name="void"),
    path("<room:room>/<slug:slug>/<int:pk>/attachments/", attachment_views.attach, name="attach"),
    path("<room:room>/<slug:slug>/<int:pk>/attachments/<int:attachment>/", attachment_views.download, name="attachment"),
    path("<room:room>/<slug:slug>/<int:pk>/attachments/<int:attachment>/void/", attachment_views.void, name="attachment-void"),
    path("<room:room>/<slug:slug>/<int:pk>/pictures/<int:attachment>/", attachment_views.picture, name="picture"),
    path("<room:room>/<slug:slug>/<int:pk>/links/", links.link, name="link"),
    path("<room:room>/<slug:slug>/<int:pk>/links/<int:row>/", links.unlink, name="unlink"),
    path("<room:room>/<slug:slug>/<int:pk>/reveal/<str:field>/", views.reveal, name="reveal"),
    path("<room:room>/<slug:slug>/<int:pk>/letters/<int:version>/", letter_pages.download, name="letter"),
    path("<room:room>/<slug:slug>/<int:pk>/letters/<int:place>/<slug:letter>/", letter_pages.make, name="letter-make"),
    path("<room:room>/<slug:slug>/<int:pk>/step/<slug:code>/", step_views.step, name="step"),
    path("<room:room>/<slug:slug>/<int:pk>/undo/", step_views.undo, name="undo"),
    path("<room:room>/<slug:slug>/<int:pk>/steps/<int:place>/<slug:ask>/", step_views.answer, name="answer"),
]
