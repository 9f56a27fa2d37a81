"""Figures of training, publicity and writing, counted by hand: 人 against 人次, named and unnamed."""

import pytest

from tests.county import enter, faults_of, groups, make_county, value

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def year() -> None:
    make_county()
    seat = {"level": "县级", "term_number": 11, "since": "2016-12-20"}
    enter("directory.deputies", *({"person__name": name, **seat} for name in ("何云", "白山", "田野")))
    enter(
        "outreach.training",
        {"title": "第一期代表培训班", "starts_on": "2021.3.5", "mode": "集中", "people": "何云、白山", "staff": 12},
        {"title": "第二期代表培训班", "starts_on": "2021-09-01", "mode": "网络", "people": "何云，田野等40人"},
        {"title": "年前培训班", "starts_on": "2020-12-31", "people": "30人"},
    )
    enter("outreach.lectures", {"title": "民法典讲座", "starts_on": "2021-04-04", "people": "50人"})


def test_person_times_count_twice_and_persons_once() -> None:
    # 2 named + 12 staff, 2 named + 38 unnamed
    assert value("outreach.trained_named") == 4
    assert value("outreach.trained_unnamed") == 50
    assert value("outreach.trained_times") == 54
    assert value("outreach.trained_persons") == 3
    assert value("outreach.trained_times", 2020) == 30
    assert value("outreach.trained_persons", 2020) == 0


def test_classes_by_mode_and_lectures_apart() -> None:
    assert value("outreach.classes") == 2
    assert groups("outreach.classes", "mode") == {"线下": 1, "线上": 1}
    assert value("outreach.lectures") == 1


def test_one_class_seen_through_a_filter() -> None:
    assert value("outreach.trained_times", activity="第二期代表培训班") == 40


def test_publicity_by_place_and_outputs_by_name() -> None:
    enter(
        "outreach.publicity",
        {"title": "宪法进社区", "starts_on": "2021-12-04", "place_class": "进社区", "occasion": "宪法"},
        {"title": "换届宣传", "starts_on": "2021-10-10", "place_class": "集市", "occasion": "选举"},
    )
    enter(
        "outreach.publicity_outputs",
        {"publicity": "宪法进社区", "name": "宣传册", "quantity": "3,000", "unit": "份"},
        {"publicity": "换届宣传", "name": "宣传册", "quantity": 500, "unit": "份"},
        {"publicity": "换届宣传", "name": "标语", "quantity": 20, "unit": "条"},
    )
    assert groups("outreach.publicity", "place") == {"社区": 1, "广场集市": 1}
    assert groups("outreach.publicity_outputs", "name") == {"宣传册": 3500, "标语": 20}
    assert groups("outreach.election_publicity", "name") == {"宣传册": 500, "标语": 20}


def test_media_and_articles() -> None:
    enter(
        "outreach.media",
        {"title": "代表进网格", "media": "澜州日报", "level": "市", "medium": "报纸", "published_on": "2021年5月6日"},
        {"title": "微实事", "media": "澜州日报", "level": "市级", "published_on": "2021-06-06"},
        {"title": "微实事", "media": "云岭网", "level": "省", "published_on": "2021-06-07"},
    )
    enter(
        "outreach.articles",
        {"title": "网格调研", "kind": "调研报告", "finished_on": "2021-07-01", "award": "二等奖", "award_level": "省"},
        {"title": "制度研究", "kind": "论文", "finished_on": "2021-07-02"},
        {"title": "代表网格化管理", "kind": "案例", "finished_on": "2021-08-01", "award": "入选", "award_level": "市"},
    )
    assert value("outreach.media_reports") == 3
    assert value("outreach.media") == 2
    assert groups("outreach.media_reports", "level") == {"市级": 2, "省级": 1}
    assert (value("outreach.articles"), value("outreach.articles_awarded"), value("outreach.cases_awarded")) == (2, 1, 1)


def test_people_who_are_not_in_the_directory_are_refused() -> None:
    faults = faults_of("outreach.training", {"title": "班", "starts_on": "2021-01-01", "people": "何云、路人甲"})
    assert "路人甲" in faults["people"]


def test_album_pictures_count_by_chapter() -> None:
    enter(
        "outreach.album",
        {"title": "换届投票", "taken_on": "2021-11-10", "chapter": "换届选举"},
        {"title": "视察河道", "taken_on": "2021-06-10", "chapter": "监督工作"},
    )
    assert groups("outreach.pictures", "chapter") == {"换届选举": 1, "监督工作": 1}
