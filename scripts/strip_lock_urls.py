"""Take the web addresses (funding notes) out of package-lock.json: lock files carry names, versions and hashes only."""

import json
from pathlib import Path

LOCK = Path("package-lock.json")

lock = json.loads(LOCK.read_text("utf-8"))
for package in lock["packages"].values():
    package.pop("funding", None)
LOCK.write_text(json.dumps(lock, indent=2) + "\n", "utf-8")
