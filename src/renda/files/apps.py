"""App configuration of `renda.files`."""

from django.apps import AppConfig


class FilesConfig(AppConfig):
    """Stored files."""

    name = "renda.files"
    label = "files"
    verbose_name = "文件"
