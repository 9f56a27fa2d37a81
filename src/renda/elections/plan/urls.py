"""Addresses under /election/<pk>/plan/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
