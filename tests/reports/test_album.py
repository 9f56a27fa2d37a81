"""The album: pictures offered through the gate, captions from the records, a choice that is kept, a document laid out page by page."""

import io
import shutil
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import docx
import pytest
from django.test import Client
from PIL import Image

from renda.core import clock
from renda.directory.gate import OPERATOR
from renda.files.services import attach
from renda.journal.models import Entry
from renda.outreach.models import AlbumPicture
from renda.registers import registry
from renda.registers.services import Refused
from renda.reports import album
from renda.reports.album.candidates import Candidate, in_chapters
from renda.reports.album.images import shrunk, thumbnail
from renda.reports.album.writing import NothingChosen
from renda.reports.papers import can_make_pdf, to_pdf
from tests.county import COUNTY, DRAGON, actor, division, enter, make_county
from tests.ui.conftest import as_role, office

__all__ = ["as_role", "office"]


def _photo(colour: str, size: tuple[int, int] = (900, 600)) -> bytes:
    content = io.BytesIO()
    Image.new("RGB", size, colour).save(content, "PNG")
    return content.getvalue()


def _attach(code: str, pk: int, colour: str, **more: object) -> int:
    register = registry.get(code)
    return attach(code, register.model._default_manager.get(pk=pk), "现场.png", _photo(colour), actor=OPERATOR, **more).pk  # type: ignore[arg-type]


@pytest.fixture
def county(db: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Two visits of 2021 (one with two pictures), one of 2020, and a reception in 龙潭镇."""
    monkeypatch.setenv("RENDA_DATA", str(tmp_path / "data"))
    with clock.travel(date(2021, 11, 20)):
        make_county()
        visits = enter(
            "supervision.visits",
            {"title": "义务教育视察", "form": "视察", "starts_on": "2021-03-12", "place": "龙潭镇", "deputies": "7人"},
            {"title": "污水处理调研", "form": "调研", "starts_on": "2021-05-06", "place": "县城"},
            {"title": "旧的视察", "form": "视察", "starts_on": "2020-05-06"},
        )
        enter("stations.stations", {"name": "龙潭站", "kind": "代表联络站", "founded_on": "2020-03-01", "division": "龙潭镇"})
        days = enter(
            "stations.receptions",
            {
                "title": "五月接待日",
                "station": "龙潭站",
                "starts_on": "2021-05-20",
                "batches": 4,
                "persons": 11,
                "division": "龙潭镇",
            },
        )
        _attach("supervision.visits", visits[0], "red")
        _attach("supervision.visits", visits[0], "darkred", caption="代表在食堂后厨查看")
        _attach("supervision.visits", visits[1], "green")
        _attach("supervision.visits", visits[2], "grey")
        _attach("stations.receptions", days[0], "blue")
        yield


def _offered(year: int = 2021, at: str = COUNTY) -> list[Candidate]:
    return album.candidates(year, division(at), actor=OPERATOR)


def _choice(*numbers: int, **more: object) -> album.Choice:
    offered = _offered()
    named = {one.attachment: chapter for chapter, several in in_chapters(offered, "room").items() for one in several}
    chosen = [album.Chosen(offered[n], offered[n].caption, named[offered[n].attachment]) for n in numbers]
    return album.Choice(2021, division(COUNTY), chosen, **more)  # type: ignore[arg-type]


@pytest.mark.usefixtures("county")
def test_pictures_of_the_year_with_what_a_caption_says() -> None:
    offered = _offered()
    assert [(one.title, one.caption) for one in offered] == [
        ("义务教育视察", "3月12日，龙潭镇。义务教育视察（参加代表7人）"),
        ("义务教育视察（2）", "代表在食堂后厨查看"),
        ("污水处理调研", "5月6日，县城。污水处理调研"),
        ("五月接待日", "5月20日，五月接待日（接待批次4，接待人次11）"),
    ]
    assert [one.title for one in _offered(2020)] == ["旧的视察"]
    assert [one.title for one in _offered(at=DRAGON)] == ["五月接待日"]
    assert {name: len(several) for name, several in in_chapters(offered, "month").items()} == {"3月": 2, "5月": 2}
    assert list(in_chapters(offered, "room")) == ["监督", "联络站"]


@pytest.mark.usefixtures("county")
def test_only_what_the_gate_shows_is_offered() -> None:
    clerk = actor("township_clerk", DRAGON)
    assert [one.title for one in album.candidates(2021, division(COUNTY), actor=clerk)] == ["五月接待日"]
    assert album.candidates(2021, division(COUNTY), actor=actor("petition_clerk")) == []


@pytest.mark.usefixtures("county")
def test_the_choice_is_kept_brought_up_to_date_and_taken_back() -> None:
    album.remember(_choice(0, 2), _offered(), actor=OPERATOR)
    assert set(album.remembered(2021, division(COUNTY))) == {
        ("义务教育视察", date(2021, 3, 12)),
        ("污水处理调研", date(2021, 5, 6)),
    }
    entries = Entry.objects.count()
    assert album.remember(_choice(0, 2), _offered(), actor=OPERATOR) == (2, 0)
    assert Entry.objects.count() == entries  # nothing changed, nothing written
    other = _choice(0, 3)
    other.pictures[0] = album.Chosen(other.pictures[0].candidate, "县人大代表视察义务教育", "监督")
    assert album.remember(other, _offered(), actor=OPERATOR) == (2, 1)
    rows = {row.title: row for row in AlbumPicture.objects.alive()}
    assert rows.keys() == {"义务教育视察", "五月接待日"}
    assert rows["义务教育视察"].caption == "县人大代表视察义务教育"
    assert rows["五月接待日"].source == "接待日记录：五月接待日"
    assert AlbumPicture.objects.get(title="污水处理调研").void_reason == "未选入2021年工作图册"


@pytest.mark.usefixtures("county")
def test_a_caption_that_cannot_be_kept_and_too_many_pictures_change_nothing() -> None:
    choice = _choice(0, 1)
    choice.pictures[1] = album.Chosen(choice.pictures[1].candidate, "长" * 300, "监督")
    with pytest.raises(Refused, match="义务教育视察"):
        album.remember(choice, _offered(), actor=OPERATOR)
    choice.pictures = choice.pictures[:1] * 301
    with pytest.raises(Refused, match="最多 300 张"):
        album.remember(choice, _offered(), actor=OPERATOR)
    assert not AlbumPicture.objects.exists()


@pytest.mark.usefixtures("county")
@pytest.mark.parametrize(("per_page", "pages", "second"), [(2, 5, "5"), (4, 4, "4")])
def test_the_document(tmp_path: Path, per_page: int, pages: int, second: str) -> None:
    """Cover, contents, three pictures of 监督 (two pages of two, one of four), one of 联络站."""
    path = tmp_path / "album.docx"
    assert album.write_album(_choice(0, 1, 2, 3, per_page=per_page), path) == pages
    document = docx.Document(str(path))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[:2] == ["青禾县人大常委会", "2021年工作图册"]
    assert "二〇二一年五月" in texts
    assert ["监督（3幅）\t3", f"联络站（1幅）\t{second}"] == [text for text in texts if "幅）" in text]
    assert ("监督（续）" in texts) == (per_page == 2)
    captions = [cell.text for table in document.tables for row in table.rows for cell in row.cells if cell.text]
    assert captions == [one.caption for one in _offered()]
    described = [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    assert described[0] == f"封面图片：{captions[0]}"
    with zipfile.ZipFile(path) as packed:
        xml = packed.read("word/document.xml").decode()
    assert all(f'descr="{caption}"' in xml for caption in captions)


@pytest.mark.usefixtures("county")
@pytest.mark.skipif(not can_make_pdf() or not shutil.which("pdfinfo"), reason="LibreOffice is not installed")
def test_pages_are_as_many_as_were_reckoned(tmp_path: Path) -> None:
    import subprocess

    for per_page in (2, 4):
        choice = _choice(0, 1, 2, 3, per_page=per_page)
        choice.pictures[0] = album.Chosen(choice.pictures[0].candidate, "说明很长，" * 40, "监督")  # as long as a caption may be
        pages = album.write_album(choice, tmp_path / "a.docx")
        to_pdf(tmp_path / "a.docx", tmp_path / "a.pdf")
        told = subprocess.run(["pdfinfo", tmp_path / "a.pdf"], capture_output=True, text=True, check=True).stdout
        assert f"Pages:           {pages}\n" in told


@pytest.mark.usefixtures("county")
def test_pictures_are_shrunk_and_carry_nothing_of_the_camera() -> None:
    content, width, height = shrunk(_offered()[0].digest, 300)
    picture = Image.open(io.BytesIO(content))
    assert (picture.format, picture.size, width, height) == ("JPEG", (300, 200), 300, 200)
    assert not picture.getexif()
    small = thumbnail(_offered()[0].digest)
    assert small == thumbnail(_offered()[0].digest)
    assert Image.open(small).size == (360, 240)


@pytest.mark.usefixtures("county")
def test_an_album_without_pictures_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NothingChosen, match="勾选"):
        album.write_album(_choice(), tmp_path / "a.docx")
    with pytest.raises(ValueError, match="3 pictures"):
        _choice(0, per_page=3)


def test_the_page(office: object, as_role: Callable[[str], Client]) -> None:
    client = as_role("clerk")
    assert "还没有照片" in client.get("/yearend/album/").content.decode()
    county = office.county  # type: ignore[attr-defined]
    ids = county.enter("supervision.visits", [{"活动名称": "饮水安全视察", "活动形式": "视察", "活动日期": "2021-06-02"}])
    pk = _attach("supervision.visits", ids[0], "teal")
    page = client.get("/yearend/album/").content.decode()
    assert "6月2日，饮水安全视察" in page
    picture = client.get(f"/yearend/album/picture/{pk}/")
    assert picture.headers["Content-Type"] == "image/jpeg"
    form = {
        "year": "2021",
        "by": "room",
        "pick": str(pk),
        f"caption-{pk}": "代表视察饮水安全",
        f"chapter-{pk}": "监督",
        "per_page": "4",
    }
    kept = client.post("/yearend/album/make/", {**form, "do": "keep"}, follow=True)
    assert "已保存：选入 1 张图片" in kept.content.decode()
    assert "checked" in kept.content.decode()
    made = client.post("/yearend/album/make/", {**form, "do": "docx"})
    document = docx.Document(io.BytesIO(b"".join(made.streaming_content)))
    assert document.tables[0].rows[1].cells[0].text == "代表视察饮水安全"
    foreign = client.post("/yearend/album/make/", {"year": "2021", "pick": "999999", "do": "docx"}, follow=True)
    assert "还没有选图片" in foreign.content.decode()
    for name, status in (("director", 200), ("town", 200), ("deputy", 403), ("unit", 403), ("petition", 403), ("audit", 403)):
        assert as_role(name).get("/yearend/album/").status_code == status, name
    assert (
        as_role("director").post("/yearend/album/make/", {**form, "do": "docx"}).status_code == 200
    )  # reads and exports, keeps nothing
    assert as_role("town").get(f"/yearend/album/picture/{pk}/").status_code == 404
    assert as_role("deputy").get(f"/yearend/album/picture/{pk}/").status_code == 403
