"""Samples of templates as PDF are made in the background, once; a changed template has its own; what fails says so and can be made anew."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

from renda.documents import pdf, samples, services
from renda.documents import registry as templates
from renda.documents.models import Sample
from renda.documents.registry import Template
from renda.documents.services import Current
from tests import office as offices
from tests.documents.wordfiles import word_file
from tests.office import Office
from tests.petitions.test_procedure import actor

pytestmark = [pytest.mark.django_db]
CODE = "petition.notice"


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What LibreOffice was asked for, in a data folder of the test's own."""
    papers: list[Path] = []

    def to_pdf(docx: Path, target: Path, **_more: Any) -> None:
        papers.append(docx)
        target.write_bytes(b"%PDF-" + str(len(papers)).encode())

    monkeypatch.setattr(samples, "data_folder", lambda: tmp_path)
    monkeypatch.setattr(pdf, "to_pdf", to_pdf)
    monkeypatch.setattr(pdf, "_program", lambda: "/usr/bin/soffice")
    return papers


@pytest.fixture
def office(asked: list[Path]) -> Office:
    return offices.make()


def now(office: Office, code: str = CODE) -> tuple[Template, Current]:
    template = templates.get(code)
    return template, services.current(template, office.county.division)


def work() -> None:
    """Do the jobs that were queued, as the worker does."""
    for job in ProcrastinateJob.objects.filter(task_name="documents.sample", status="todo"):
        samples.run(job.args["sample_id"])


def make(office: Office, code: str = CODE) -> bytes | None:
    samples.order(*now(office, code))
    work()
    return samples.made(*now(office, code))


def test_a_sample_is_made_once_and_anew_for_another_content(office: Office, asked: list[Path], tmp_path: Path) -> None:
    assert samples.made(*now(office)) is None
    assert make(office) == make(office) == b"%PDF-1"
    clerk = actor("petition_clerk", office.county.division)
    services.upload(
        templates.get(CODE), office.county.division, "甲.docx", word_file("本县自己的函：{{ 信访编号 }}"), reason="试", actor=clerk
    )
    assert samples.made(*now(office)) is None
    assert make(office) == b"%PDF-2"
    assert make(office, "petition.forward") == b"%PDF-3"
    assert len(asked) == 3
    assert len(list((tmp_path / "samples").glob("*.pdf"))) == 3
    assert not Sample.objects.exists()


def test_what_is_being_made_is_not_ordered_twice(office: Office) -> None:
    samples.order(*now(office))
    samples.order(*now(office))
    assert ProcrastinateJob.objects.filter(task_name="documents.sample").count() == 1


def test_what_could_not_be_made_says_why_leaves_nothing_and_can_be_made_anew(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    works = pdf.to_pdf

    def fails(*_given: Any, **_more: Any) -> None:
        raise pdf.NoPdf("没有生成")

    monkeypatch.setattr(pdf, "to_pdf", fails)
    assert make(office) is None
    failed = samples.state_of(*now(office))
    assert failed is not None
    assert (failed.state, failed.message) == ("failed", "没有生成")
    assert not list((tmp_path / "samples").iterdir())
    monkeypatch.setattr(pdf, "to_pdf", works)
    assert make(office) == b"%PDF-1"


def test_a_fault_of_the_program_is_told_and_not_swallowed(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*_given: Any, **_more: Any) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr(pdf, "to_pdf", breaks)
    with pytest.raises(RuntimeError):
        make(office)
    failed = samples.state_of(*now(office))
    assert failed is not None
    assert failed.state == "failed"
    assert "secret" not in failed.message


def test_without_libreoffice_nothing_is_queued(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "_program", lambda: None)
    with pytest.raises(pdf.NoPdf, match="没有安装 LibreOffice"):
        samples.order(*now(office))
    assert not Sample.objects.exists()


def test_what_a_dead_worker_left_can_be_ordered_anew(office: Office) -> None:
    samples.order(*now(office))
    samples.recover()
    assert Sample.objects.get().state == "waiting"  # its job stands in the queue
    Sample.objects.update(state="running")
    ProcrastinateJob.objects.filter(task_name="documents.sample")._raw_delete("default")  # type: ignore[attr-defined]
    samples.recover()
    assert Sample.objects.get().state == "failed"
    assert make(office) == b"%PDF-1"


def test_only_so_many_are_kept(office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(samples, "MOST", 2)
    for code in ("notice", "forward", "assign"):
        make(office, f"petition.{code}")
    assert len(list((tmp_path / "samples").glob("*.pdf"))) == 2


def test_in_the_browser_the_page_tells_how_far_it_is_and_survives_a_reload(office: Office, client: Client) -> None:
    client.force_login(office.accounts["petition"])
    page, order, progress, file = (
        reverse("letter-template", args=[CODE]), reverse("letter-template-sample-order", args=[CODE]),
        reverse("letter-template-sample-progress", args=[CODE]), reverse("letter-template-sample", args=[CODE, "pdf"]),
    )  # fmt: skip
    assert order in client.get(page).content.decode()
    assert client.get(file).status_code == 302
    for _twice in range(2):
        assert client.post(order, follow=True).redirect_chain == [(page, 302)]
        assert f'hx-get="{progress}"' in client.get(page).content.decode()
    assert f'hx-get="{progress}"' in client.get(progress).content.decode()
    work()
    assert client.get(progress).headers["HX-Refresh"] == "true"
    shown = client.get(page).content.decode()
    assert file in shown
    assert progress not in shown
    answer = client.get(file)
    assert (answer.content, answer.headers["Content-Type"]) == (b"%PDF-1", "application/pdf")
