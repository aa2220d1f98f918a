"""The one entry point: event streams go to Django's async handler, everything else to the WSGI application.

Django's async handler serves ordinary pages at a third of the speed of WSGI in threads (measured), but only it can
hold hundreds of open streams without a thread for each.
"""

import os

from a2wsgi import WSGIMiddleware
from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alianzas.settings")

STREAM_SUFFIX = "/vivo/"  # a stream stands beside the page that it keeps up to date, behind the same lock

streams = get_asgi_application()

from .wsgi import application as wsgi_application  # noqa: E402  (Django must be set up first)

pages = WSGIMiddleware(wsgi_application, workers=int(os.environ.get("WEB_THREADS", "8")))


async def application(scope, receive, send):
    """ASGI application; ends `lifespan` politely because neither half speaks it."""
    if scope["type"] == "lifespan":
        return await _lifespan(receive, send)
    handler = streams if scope["path"].endswith(STREAM_SUFFIX) else pages
    await handler(scope, receive, send)


async def _lifespan(receive, send):
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
