"""Files that come with the program, from a checkout and from an installed wheel."""

from pathlib import Path

import pytest

from inspector import bundle


def test_a_checkout_has_them_beside_the_package() -> None:
    assert bundle.bundled("sudo-openapi.yaml").read_text("utf-8").startswith("openapi:")
    assert bundle.bundled("samples", "plain-answer.json").is_file()
    assert bundle.bundled("samples").is_dir()
    assert not bundle.bundled("samples", "no-such-file").is_file()


def test_a_wheel_has_them_inside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "_resources" / "samples").mkdir(parents=True)
    (tmp_path / "_resources" / "samples" / "a.json").write_text("inside")
    monkeypatch.setattr(bundle, "files", {"inspector": tmp_path}.__getitem__)
    assert bundle.bundled("samples", "a.json").read_text() == "inside"
