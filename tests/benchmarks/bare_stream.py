"""The least that a stream of events can be, to compare with: `python -m tests.benchmarks.bare_stream PORT`.

Whoever asks for a stream gets a queue; whoever posts puts one event into every queue.
"""

import asyncio
import sys

QUEUES = set()


async def application(scope, receive, send):
    """ASGI application without routes, database or rights."""
    if scope["type"] != "http":
        return
    if scope["method"] == "POST":
        while (await receive()).get("more_body"):
            pass
        version = int(scope["path"].strip("/"))
        for queue in QUEUES:
            queue.put_nowait(version)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})
        return
    queue = asyncio.Queue()
    QUEUES.add(queue)
    try:
        head = [(b"content-type", b"text/event-stream")]
        await send({"type": "http.response.start", "status": 200, "headers": head})
        await send({"type": "http.response.body", "body": b"event: hola\ndata: {}\n\n", "more_body": True})
        while True:
            said = f'event: cambio\ndata: {{"version": {await queue.get()}, "what": ["notas"]}}\n\n'
            await send({"type": "http.response.body", "body": said.encode(), "more_body": True})
    finally:
        QUEUES.discard(queue)


if __name__ == "__main__":
    import uvicorn

    uvicorn.run(application, host="127.0.0.1", port=int(sys.argv[1]), log_level="error", timeout_graceful_shutdown=1)
