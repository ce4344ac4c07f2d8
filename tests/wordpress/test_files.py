"""The files of a packaged WordPress: what its links lead to is there."""

from __future__ import annotations

from pathlib import Path

from tests.wordpress.files import stand_alone


def test_a_relative_link_is_followed_and_a_dangling_one_left_out(tmp_path: Path) -> None:
    packaged = tmp_path / "share" / "wordpress"
    scripts = packaged / "js"
    scripts.mkdir(parents=True)
    (packaged / "wp-content").mkdir()
    (tmp_path / "share" / "underscore.js").write_text("_")
    (scripts / "underscore.js").symlink_to("../../underscore.js")
    (scripts / "gone.js").symlink_to("../../gone.js")
    (packaged / ".htaccess").symlink_to("/etc/nowhere")
    stand_alone(packaged, tmp_path / "htdocs")
    found = {path.name for path in (tmp_path / "htdocs").rglob("*") if path.is_file()}
    assert found == {"underscore.js"}
    assert not (tmp_path / "htdocs" / "js" / "underscore.js").is_symlink()
