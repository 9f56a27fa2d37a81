"""Addresses under /election/<pk>/lists/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
