"""Shared storage: files that other machines read, on a path or at an address of fsspec's.

``s3://bucket/folder``, ``gs://…``, ``file:///…`` and whatever else fsspec has a driver for. A path
without a scheme is a folder that all machines mount; nothing is copied there.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pubtool.errors import CannotReach
from pubtool.system.files import read_bytes


def is_address(place: str) -> bool:
    """Whether a place is an address of fsspec's, and no path."""
    return "://" in place


def put_file(place: str, path: Path) -> None:
    """Copy a file into an address, unless one of its name and size is there.

    The name must change with the content. Raises CannotReach.
    """
    filesystem, folder = _open(place)
    target = f"{folder}/{path.name}"
    data = read_bytes(path)
    try:
        if filesystem.exists(target) and filesystem.size(target) == len(data):
            return
        import fsspec

        with fsspec.open(f"{place.rstrip('/')}/{path.name}.part", "wb") as file:  # makes folders
            file.write(data)
        filesystem.mv(f"{target}.part", target)
    except (OSError, ValueError) as error:
        raise CannotReach(place, str(error)) from None


def get_file(place: str, name: str) -> Path:
    """Return a file of this machine with what stands at an address; raises CannotReach.

    It is kept in fsspec's cache of temporary files for as long as this process lives.
    """
    import fsspec

    _open(place)
    try:
        local = fsspec.open_local(f"simplecache::{place.rstrip('/')}/{name}")
    except (OSError, ValueError) as error:
        raise CannotReach(place, str(error)) from None
    return Path(str(local))


def _open(place: str) -> tuple[Any, str]:
    try:
        import fsspec
    except ImportError:
        raise CannotReach(place, "fsspec is not installed; install pubtool[dask]") from None
    try:
        filesystem, folder = fsspec.core.url_to_fs(place)
    except (OSError, ValueError, ImportError) as error:
        raise CannotReach(place, str(error)) from None
    return filesystem, str(folder).rstrip("/")
