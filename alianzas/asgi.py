"""The one entry point: the WSGI application in threads, and the event streams that it grants, held in the event loop.

Django's async handler serves ordinary pages at a third of the speed of WSGI in threads (measured), and keeps a thread
for each open stream; held here, a stream costs a few kilobytes.
"""

import os

from a2wsgi import WSGIMiddleware

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alianzas.settings")

STREAM_SUFFIX = "/vivo/"  # a stream stands beside the page that it keeps up to date, behind the same lock

from .live import hold  # noqa: E402
from .wsgi import application as wsgi_application  # noqa: E402  (it sets Django up)

pages = WSGIMiddleware(wsgi_application, workers=int(os.environ.get("WEB_THREADS", "8")))


async def application(scope, receive, send):
    """ASGI application; ends `lifespan` politely because the pages do not speak it."""
    if scope["type"] == "lifespan":
        return await _lifespan(receive, send)
    if scope["path"].endswith(STREAM_SUFFIX):
        return await hold(pages, scope, receive, send)
    await pages(scope, receive, send)


async def _lifespan(receive, send):
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
