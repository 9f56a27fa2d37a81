"""Files as answers: never run, never guessed at. The caller has found the record through the gate."""

from __future__ import annotations

import io

from cryptography.exceptions import InvalidTag
from django.http import FileResponse, Http404, HttpResponse
from django.utils.http import content_disposition_header

from renda.files.kinds import PICTURES
from renda.files.models import StoredFile
from renda.files.services import content_of

SHOWN_INLINE = PICTURES
SANDBOX = "default-src 'none'; img-src 'self'; style-src 'none'; sandbox; frame-ancestors 'none'"
KEPT_SECONDS = 3600


def answer(stored: StoredFile, name: str, *, inline: bool = False, kept: bool = True) -> FileResponse:
    """The file's content: to be saved, or (pictures alone, where ``inline``) to be shown, in a sandbox either way.

    ``kept`` lets the reader's browser keep it for an hour. Http404 where the content is not in the data folder, or was changed there.
    """
    try:
        content = content_of(stored)
    except (FileNotFoundError, InvalidTag) as gone:
        raise Http404 from gone
    shown = inline and stored.media_type in SHOWN_INLINE
    kind = stored.media_type if shown else "application/octet-stream"
    response = FileResponse(io.BytesIO(content), content_type=kind, as_attachment=not shown, filename=name)
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = f"private, max-age={KEPT_SECONDS}" if kept else "private, no-store"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def attachment(content: bytes, name: str, media_type: str) -> HttpResponse:
    """A file that was made for the reader, to be saved."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Content-Security-Policy"] = "sandbox"
    return response
