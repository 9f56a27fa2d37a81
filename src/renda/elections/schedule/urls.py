"""Addresses under /election/<pk>/schedule/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
