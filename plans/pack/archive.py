"""A ZIP that leaves while it is written: what is in memory is one document at a time. Pure."""

import zipfile
from collections.abc import Iterable, Iterator

STORED = {"docx", "xlsx", "png", "zip"}  # packed already


class _Outlet:
    """Where `zipfile` writes: keeps what was not handed on yet, and cannot go back."""

    def __init__(self):
        self._parts: list[bytes] = []

    def write(self, data: bytes) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def flush(self) -> None:
        """Nothing waits: what is written can be taken."""

    def take(self) -> bytes:
        data = b"".join(self._parts)
        self._parts.clear()
        return data


def stream(entries: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The bytes of a ZIP with these (path, content), each as soon as it comes."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED) as book:
        for path, content in entries:
            kind = zipfile.ZIP_STORED if path.rsplit(".", 1)[-1] in STORED else zipfile.ZIP_DEFLATED
            book.writestr(path, content, compress_type=kind)
            if data := outlet.take():
                yield data
    yield outlet.take()
