"""Background tasks of documents. Thin: the work is in `samples`."""

from __future__ import annotations

from procrastinate.contrib.django import app


@app.task(name="documents.sample")
def sample(sample_id: int) -> None:
    """Make the sample of a template as PDF."""
    from renda.documents import samples

    samples.run(sample_id)
