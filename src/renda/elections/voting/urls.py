"""Addresses under /election/<pk>/voting/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
