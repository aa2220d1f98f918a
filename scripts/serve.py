"""What `make run` starts once everything is installed: migrate, load the demonstration the first time, serve."""

import argparse
import os
import socket
import sys
import threading
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.chdir(ROOT)
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alianzas.settings")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    where = parser.parse_args()
    _refuse_a_busy_port(where.host, where.port)

    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    from alianzas.models import Program

    if settings.DEBUG and not Program.objects.exists():
        print("Cargando la demostración…", flush=True)
        call_command("demo")
    elif settings.DEBUG:
        from plans.demo.load import accounts_text

        print(accounts_text())
    print(f"\nAlianzas está en http://{where.host}:{where.port}/  (Ctrl+C para detener)\n", flush=True)

    import uvicorn

    from alianzas.exports import worker

    # The first document must not wait for the drawing process to start.
    threading.Thread(target=worker.warm_up, daemon=True).start()
    uvicorn.run(
        "alianzas.asgi:application",
        host=where.host,
        port=where.port,
        workers=settings.WEB_WORKERS,
        timeout_graceful_shutdown=3,
        log_level="warning",
        server_header=False,
    )


def _refuse_a_busy_port(host, port):
    """Say so before migrating and loading anything."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            sys.exit(f"No se puede usar {host}:{port} ({error.strerror}). Prueba con otro: make run PORT={port + 1}")


if __name__ == "__main__":
    main()
