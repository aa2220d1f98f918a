"""What every page must pass, whatever its journey."""

from axe_playwright_python.sync_playwright import Axe


def problems_of(page) -> list[str]:
    """What axe finds in the page as it stands, and whether it is wider than its screen; [] when all is well."""
    found = [
        f"{violation['id']}: {[node['html'][:120] for node in violation['nodes'][:3]]}"
        for violation in Axe().run(page).response["violations"]
    ]
    if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
        found.append("wider than its screen")
    return found
