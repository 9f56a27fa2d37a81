"""Fail when a model has changed without a migration. Looks at files alone: no database is needed."""

import os
import sys


def main() -> int:
    """Say which migrations are missing; exit status 1 if any are."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "renda.settings")
    import django

    django.setup()
    from django.apps import apps
    from django.db.migrations.autodetector import MigrationAutodetector
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.state import ProjectState
    from django.utils import translation

    loader = MigrationLoader(None, ignore_no_migrations=True)
    conflicts = loader.detect_conflicts()
    ours = {config.label for config in apps.get_app_configs() if config.name.startswith("renda.")}
    with translation.override(None):  # names in models are translated texts; migrations hold the untranslated ones
        now = ProjectState.from_apps(apps)
        changes = MigrationAutodetector(loader.project_state(), now).changes(graph=loader.graph, trim_to_apps=ours)
    for label, migrations in changes.items():
        for operation in (operation for migration in migrations for operation in migration.operations):
            sys.stdout.write(f"{label}: {operation.describe()}\n")
    for label, names in conflicts.items():
        sys.stdout.write(f"{label}: two ends: {', '.join(sorted(names))}\n")
    if changes or conflicts:
        sys.stdout.write("migrations are missing: ./run python -m django makemigrations --settings=renda.settings\n")
    return 1 if changes or conflicts else 0


if __name__ == "__main__":
    sys.exit(main())
