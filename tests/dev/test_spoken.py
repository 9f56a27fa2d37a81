"""Errors that pages show can be told in English: none is an f-string."""

from dev import spoken


def test_no_error_of_the_web_facing_packages_is_an_f_string() -> None:
    assert sum(1 for _ in spoken.files()) > 200
    assert spoken.main() == 0


def test_an_f_string_in_a_refusal_is_found() -> None:
    source = (
        'def rule(rows):\n    for n, row in rows:\n        yield n, "a", f"共 {n} 行"\n\n'
        'def check(n):\n    raise ValueError("甲" + f"第 {n} 行")\n\ndef fine(n):\n    log = f"第 {n} 行"\n    raise ValueError(f"{n}")\n'
    )
    assert [line.split(":")[1] for line in spoken.faults(source, "a.py")] == ["3", "6"]
