"""Livelihood projects chosen by vote and micro-projects (民生实事、民生微实事): stages, outputs by name, money."""
