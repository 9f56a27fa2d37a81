"""Addresses under /election/<pk>/outcome/."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
