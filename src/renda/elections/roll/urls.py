"""Addresses under /election/<pk>/roll/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
