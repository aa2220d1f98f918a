"""Codes and keys of a run. Pure."""

import hashlib
import ipaddress
import secrets

LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # none that is read as another
CODE_LENGTH = 6
KEY = r"[A-Za-z0-9_-]{22}"  # 128 bits, as `new_key` writes them


def new_code() -> str:
    """Short enough to be typed from a wall: one of 900 million."""
    return "".join(secrets.choice(LETTERS) for _ in range(CODE_LENGTH))


def typed_code(text: str) -> str:
    """A code as people type it («ab3 k7m») as it is kept; "" when it cannot be one."""
    kept = "".join(text.split()).replace("-", "").upper()
    return kept if len(kept) == CODE_LENGTH and set(kept) <= set(LETTERS) else ""


def new_key() -> str:
    """128 bits that nobody guesses."""
    return secrets.token_urlsafe(16)


def digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()


def network_of(address: str) -> str:
    """The network that an address belongs to: one IPv4, or the /64 that a provider gives to one house."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    return str(found) if found.version == 4 else str(ipaddress.ip_network((found, 64), strict=False))
