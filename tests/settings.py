"""Settings of the tests: the project's own, on a scratch directory and without what only slows tests down."""

import os
import tempfile

os.environ["DEBUG"] = "false"
os.environ["HTTPS"] = "false"
os.environ["SECRET_KEY"] = "only-for-tests"
# Playwright leaves an event loop running where it drove a browser; the tests after it are synchronous all the same.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="alianzas-tests-")
# SQLite, or the server of scripts/with_postgresql.py; never the database that somebody works with.
os.environ["DATABASE_URL"] = os.environ.get("TEST_DATABASE_URL", f"sqlite:///{os.environ['DATA_DIR']}/alianzas.sqlite3")
os.environ["EXPORT_SECONDS"] = "3600"  # how fast documents are drawn is for `make bench` to say

from alianzas.settings import *

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
# It is asynchronous: each request of a test would start an event loop and a thread, and no test takes files from it.
MIDDLEWARE.remove("servestatic.middleware.ServeStaticMiddleware")
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
