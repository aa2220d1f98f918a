"""Loaded once by the server from which the drawing processes are forked, so that each of them starts warm."""

from contextlib import suppress

# Without Pango the import fails; the process itself then says so to whoever asked for a document.
with suppress(ImportError, OSError):
    import alianzas.exports.renderer  # noqa: F401
