"""The few files that we serve of the npm packages, found by name instead of copying whole packages."""

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.storage import FileSystemStorage

VENDOR_FILES = {
    "vendor/bootstrap.css": "bootstrap/dist/css/bootstrap.min.css",
    "vendor/bootstrap.min.css.map": "bootstrap/dist/css/bootstrap.min.css.map",
    "vendor/source-sans-3.woff2": "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-normal.woff2",
    "vendor/source-sans-3-italic.woff2": (
        "@fontsource-variable/source-sans-3/files/source-sans-3-latin-wght-italic.woff2"
    ),
    "vendor/source-serif-4.woff2": ("@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2"),
    **{
        f"vendor/{name}.woff2": f"@fontsource-variable/{name}/files/{name}-latin-wght-normal.woff2"
        for name in ("atkinson-hyperlegible-next", "lora", "figtree")
    },
}
NODE_MODULES = settings.BASE_DIR / "node_modules"


class _VendorStorage(FileSystemStorage):
    def path(self, name):
        return str(NODE_MODULES / VENDOR_FILES[name])


class VendorFinder(BaseFinder):
    """Serves `VENDOR_FILES` under the names that templates use."""

    def __init__(self, *args, **kwargs):
        self.storage = _VendorStorage(location=NODE_MODULES)

    def check(self, **kwargs):
        return []

    def find(self, path, find_all=False, **kwargs):
        if path not in VENDOR_FILES:
            return []
        found = self.storage.path(path)
        return [found] if find_all else found

    def list(self, ignore_patterns):
        for path in VENDOR_FILES:
            yield path, self.storage
