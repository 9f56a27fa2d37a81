"""Addresses under /election/<pk>/counting/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
