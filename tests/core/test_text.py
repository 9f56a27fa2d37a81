"""One spelling, search tokens that answer as LIKE does, masks, hints."""

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from renda.core.text import bigrams, mask_identity_number, mask_name, mask_phone, nearest, normalise, search_query

FEW_HAN = "龙潭茶叶镇安"
TEXTS = st.text(alphabet=FEW_HAN + "𠮷〇5a ，（。·", max_size=24)
WORDS = st.text(alphabet=FEW_HAN + "𠮷〇", min_size=1, max_size=5)


def found(text: str, typed: str) -> bool:
    """What PostgreSQL answers to `tsvector @@ tsquery`, for the queries that `search_query` writes."""
    tokens = bigrams(text).split()
    terms = [[part.rstrip("*").rstrip(":") for part in term.split(" <-> ")] for term in search_query(typed).split(" & ")]
    starred = [term.endswith(":*") for term in search_query(typed).split(" & ")]
    return all(
        any(phrase_at(tokens[i : i + len(term)], [part.strip("'") for part in term], star) for i in range(len(tokens)))
        for term, star in zip(terms, starred, strict=True)
    )


def phrase_at(tokens: list[str], phrase: list[str], starred: bool) -> bool:
    if len(tokens) < len(phrase) or tokens[:-1] != phrase[:-1]:
        return False
    return tokens[-1].startswith(phrase[-1]) if starred else tokens[-1] == phrase[-1]


@pytest.mark.parametrize(
    ("text", "spelling"),
    [
        ("　渝府〔２０２１〕１２号 ", "渝府〔2021〕12号"),
        ("李　　明", "李 明"),
        ("关于（试行）\t的\n通知", "关于(试行) 的 通知"),
        ("零\u200b宽\ufeff字", "零宽字"),
        ("", ""),
    ],
)
def test_normalise_gives_one_spelling(text: str, spelling: str) -> None:
    assert normalise(text) == spelling
    assert normalise(spelling) == spelling


@pytest.mark.parametrize(
    ("text", "tokens"),
    [
        ("龙潭镇", "龙潭 潭镇 镇"),
        ("龙", "龙"),
        ("渝府〔2021〕12号", "渝府 府 2021 12 号"),
        ("推进5G基站建设", "推进 进 5 g 基站 站建 建设 设"),
        ("３月５日", "3 月 5 日"),
        ("𠮷野家", "𠮷野 野家 家"),
        ("，。 ", ""),
    ],
)
def test_bigrams(text: str, tokens: str) -> None:
    assert bigrams(text) == tokens


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("龙潭", "'龙潭'"),
        ("龙潭镇", "'龙潭' <-> '潭镇'"),
        ("龙", "'龙':*"),
        ("龙潭 茶叶", "'龙潭' & '茶叶'"),
        ("12号", "'12' <-> '号':*"),
        ("5G", "'5' <-> 'g':*"),
        ("龙潭镇5号", "'龙潭' <-> '潭镇' <-> '镇' <-> '5' <-> '号':*"),
        ("  ，！ ", ""),
        ("' & | ! :* ( ) \\", ""),
        ("a'b", "'a' <-> 'b':*"),
    ],
)
def test_search_query(typed: str, query: str) -> None:
    assert search_query(typed) == query


@given(TEXTS, WORDS)
@settings(max_examples=500, deadline=None)
def test_han_words_are_found_exactly_where_like_finds_them(text: str, word: str) -> None:
    assert found(text, word) is (word in normalise(text))


@given(st.text(alphabet=FEW_HAN + "5a（", min_size=1, max_size=20), st.data())
@settings(deadline=None)
def test_a_piece_of_a_text_from_the_beginning_of_a_word_is_found(text: str, data: st.DataObject) -> None:
    end = data.draw(st.integers(1, len(text)))
    if search_query(text[:end]):
        assert found(text, text[:end])


@given(st.text(max_size=40), st.text(max_size=12))
@settings(max_examples=300, deadline=None)
def test_no_input_breaks_the_query_syntax(text: str, typed: str) -> None:
    assert set(search_query(typed)) - set(typed.casefold()) - set(normalise(typed).casefold()) <= set("' <->&:*")
    assert "'" not in bigrams(text)


SAMPLES = ["龙潭镇茶叶产业", "关于龙潭、茶叶的建议", "潭龙", "安茶叶安", "渝府〔2021〕12号"]
SAMPLES += ["𠮷野村饮水安全", "饮水 安全", "5G基站", "安"]
TYPED = ["龙潭", "龙", "镇", "茶叶", "龙潭镇", "潭龙", "叶产业", "𠮷野", "𠮷", "饮水安全", "业", "村饮", "潭茶", "府", "安"]


@pytest.mark.django_db
@pytest.mark.parametrize("word", TYPED)
def test_postgresql_finds_han_words_exactly_where_like_does(word: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT text FROM unnest(%s::text[], %s::text[]) AS rows(text, tokens)"
            " WHERE to_tsvector('simple', tokens) @@ to_tsquery('simple', %s)",
            (SAMPLES, [bigrams(text) for text in SAMPLES], search_query(word)),
        )
        hits = [text for (text,) in cursor.fetchall()]
    assert hits == [text for text in SAMPLES if word in text]


@pytest.mark.django_db
def test_postgresql_and_the_emulation_agree_on_mixed_queries() -> None:
    typed = ["12号", "2021", "20", "5g", "5G基站", "〔2021〕12", "饮水 安全", "龙潭 茶叶", "g基", "渝府2021", "1号"]
    with connection.cursor() as cursor:
        for word in typed:
            cursor.execute(
                "SELECT array_agg(to_tsvector('simple', tokens) @@ to_tsquery('simple', %s))"
                " FROM unnest(%s::text[]) AS rows(tokens)",
                (search_query(word), [bigrams(text) for text in SAMPLES]),
            )
            row = cursor.fetchone()
            assert row is not None
            assert row[0] == [found(text, word) for text in SAMPLES], word


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        ("张三", "张*"),
        ("张三丰", "张**"),
        ("欧阳修", "欧阳*"),
        ("欧阳", "欧*"),
        ("阿不都热依木·买买提", "阿**"),
        ("Tom", "T**"),
        ("", ""),
    ],
)
def test_mask_name(name: str, masked: str) -> None:
    assert mask_name(name) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("11010519491231002X", "*" * 14 + "002X"),
        ("110105491231002", "*" * 11 + "1002"),
        ("1234", "****"),
        ("", ""),
    ],
)
def test_mask_identity_number_shows_four_characters_at_most(number: str, masked: str) -> None:
    assert mask_identity_number(number) == masked


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13812345678", "138****5678"),
        ("138 1234 5678", "138****5678"),
        ("023-58551234", "023****1234"),
        ("58551234", "******34"),
        ("110", "***"),
        ("", ""),
    ],
)
def test_mask_phone(number: str, masked: str) -> None:
    assert mask_phone(number) == masked


def test_nearest_puts_what_contains_the_word_first_then_what_is_alike() -> None:
    organs = ["教育局", "交通运输局", "交通局", "水利局", "农业农村委员会", "交通管理大队"]
    assert nearest("交通", organs) == ["交通局", "交通运输局", "交通管理大队"]
    assert nearest("交通运输委", organs, n=1) == ["交通运输局"]
    assert nearest("水力局", organs)[0] == "水利局"
    assert nearest("档案馆", organs) == []
    assert nearest(" ", organs) == []
