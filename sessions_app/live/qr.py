"""The QR of an address as SVG."""

from functools import lru_cache

import qrcode
from qrcode.constants import ERROR_CORRECT_M

QUIET = 4  # modules of white that a camera needs around


@lru_cache(maxsize=64)
def qr_svg(address: str) -> str:
    """A square drawing that scales to any size; its colours are fixed because cameras want dark on light."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_M, border=QUIET)
    code.add_data(address)
    rows = code.get_matrix()
    dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {len(rows)} {len(rows)}" role="img" '
        'aria-label="Código QR para entrar al taller" shape-rendering="crispEdges">'
        f'<rect width="100%" height="100%" fill="#ffffff"/><path d="{dark}" fill="#232b38"/></svg>'
    )
