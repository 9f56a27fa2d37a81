"""Addresses under /election/<pk>/candidates/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
