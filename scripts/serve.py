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
    parser.add_argument("--room", default="", help="como llegan los teléfonos a esta máquina; si falta, se averigua")
    where = parser.parse_args()
    _open_the_room(where)
    _refuse_a_busy_port(where.host, where.port)

    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    from alianzas.models import Program

    if settings.DEVELOPMENT and not Program.objects.exists():
        print("Cargando la demostración…", flush=True)
        call_command("demo", force=True)
    elif settings.DEVELOPMENT:
        from plans.demo.load import accounts_text

        print(accounts_text())
    if settings.ROOM_ADDRESS:
        print(f"\nSalón sin internet: los teléfonos entran en http://{settings.ROOM_ADDRESS}/t/ y solo participan.")
    host = "127.0.0.1" if settings.ROOM_ADDRESS else where.host
    print(f"\nAlianzas está en http://{host}:{where.port}/  (Ctrl+C para detener)\n", flush=True)

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
        proxy_headers=not settings.ROOM_ADDRESS,  # nobody else may say where a request comes from
    )


def _open_the_room(where):
    """Served to a network with no proxy before it, it is in its reduced mode (docs/salon-sin-internet.md)."""
    from alianzas.room import is_here, own_address

    if where.host == "localhost" or is_here(where.host) or os.environ.get("BEHIND_PROXY"):
        return
    if where.host != "0.0.0.0":  # noqa: S104 (the reduced mode is what makes it safe)
        sys.exit("Para dar el taller en la red del salón: make run HOST=0.0.0.0")
    address = where.room or os.environ.get("ROOM_ADDRESS", "").rpartition(":")[0] or own_address()
    if not address:
        sys.exit("Esta máquina no está en ninguna red: conéctala a la del salón, o di su dirección con ROOM=…")
    os.environ["ROOM_ADDRESS"] = f"{address}:{where.port}"


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
