"""A room without internet: the laptop of whoever facilitates serves the phones around it, over plain http.

That network is nobody's secret, so it is a reduced mode. From any other device only the pages of participants answer;
whoever has an account works on the laptop itself, where nothing crosses the air.
"""

import ipaddress
import socket
import subprocess

from django.conf import settings
from django.shortcuts import render

OPEN = ("/t/", "/favicon.ico")  # with the styles and scripts of those pages
# Asking which address would be used to get there sends nothing; the first is reserved for examples.
FAR = ("192.0.2.1", "10.255.255.255", "172.31.255.255", "192.168.255.255")


def is_here(address: str) -> bool:
    """Whether a request comes from the laptop itself. Anything that is no address does not."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    return (getattr(found, "ipv4_mapped", None) or found).is_loopback


def own_address() -> str:
    """The address of this machine in its network; "" when it has none."""
    for far in FAR:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((far, 9))
            except OSError:
                continue
            if not is_here(found := probe.getsockname()[0]):
                return found
    try:
        said = subprocess.run(["hostname", "-I"], capture_output=True, text=True, timeout=5).stdout  # noqa: S607 (whose PATH it is starts the server)
    except OSError:
        return ""
    return next((one for one in said.split() if "." in one and not is_here(one)), "")


def room_url(request, path: str) -> str:
    """The whole address of `path` as phones reach it."""
    if settings.ROOM_ADDRESS:
        return f"http://{settings.ROOM_ADDRESS}{path}"
    return request.build_absolute_uri(path)


class RoomMiddleware:
    """Lets other devices of the room see the pages of participants, and nothing else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        is_guest = settings.ROOM_ADDRESS and not is_here(request.META.get("REMOTE_ADDR", ""))
        if is_guest and not request.path_info.startswith((*OPEN, settings.STATIC_URL)):
            return render(request, "room.html", status=403)
        return self.get_response(request)
