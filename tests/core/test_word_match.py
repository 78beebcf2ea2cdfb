"""How typed words fit names."""

import pytest

from inspector.core.word_match import misfit

NAMES = ["File › Load tool schemas…", "File › Forget tool schemas", "Edit › Copy as › Python", "View › Wrap long lines"]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("schemas load", ["File › Load tool schemas…"]),
        ("TOOL", NAMES[:2]),
        ("python", ["Edit › Copy as › Python"]),
        ("ong", ["View › Wrap long lines"]),
        ("wrap tool", []),
        ("  ", NAMES),
    ],
)
def test_all_words_must_be_there_in_any_order(words: str, found: list[str]) -> None:
    assert [name for name in NAMES if misfit(words, name) is not None] == found


def test_the_whole_path_counts_most() -> None:
    names = ["Edit › Copy as › Value, as sent", "Edit › Copy as › Value"]
    assert min(names, key=lambda name: misfit("  edit ›  copy as › VALUE", name) or (9, 9, 9)) == names[1]


def test_of_two_that_fit_alike_the_one_in_fewer_menus_is_better() -> None:
    names = ["View › Sort by › Finding", "Help › Findings"]
    assert min(names, key=lambda name: misfit("find", name) or (9, 9, 9)) == "Help › Findings"


def test_the_name_counts_for_more_than_the_menu_and_a_beginning_for_more_than_a_middle() -> None:
    names = ["Copy › Again", "Xcopy › Again", "Edit › Photocopy", "Edit › A copy", "Edit › Copy the view"]
    ranked = sorted(names, key=lambda name: misfit("copy", name) or (9, 9, 9))
    assert ranked == ["Edit › Copy the view", "Edit › A copy", "Edit › Photocopy", "Copy › Again", "Xcopy › Again"]
