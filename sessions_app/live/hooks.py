"""Where higher floors say what they do with a room: their `live_hooks` modules."""

from functools import cache

from django.utils.module_loading import autodiscover_modules


@cache
def discover() -> None:
    """Read those modules, once."""
    autodiscover_modules("live_hooks")
