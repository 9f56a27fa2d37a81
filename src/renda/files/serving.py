"""Stored files as answers: never run, never guessed at. The caller has found the record through the gate."""

from __future__ import annotations

from django.http import FileResponse, Http404

from renda.files.models import StoredFile
from renda.files.services import IMAGES, path_of

SHOWN_INLINE = frozenset(IMAGES.values())
SANDBOX = "default-src 'none'; img-src 'self'; style-src 'none'; sandbox; frame-ancestors 'none'"
KEPT_SECONDS = 3600


def answer(stored: StoredFile, name: str, *, inline: bool = False) -> FileResponse:
    """The file's content: to be saved, or (pictures alone, where ``inline``) to be shown, in a sandbox either way.

    Http404 where the content is not in the data folder.
    """
    path = path_of(stored.digest)
    if not path.is_file():
        raise Http404
    shown = inline and stored.media_type in SHOWN_INLINE
    kind = stored.media_type if shown else "application/octet-stream"
    response = FileResponse(path.open("rb"), content_type=kind, as_attachment=not shown, filename=name)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
