"""What every test has: the demo's keys (no secrets are needed to test) and plain static files."""

import os

os.environ.setdefault("DEMO", "true")
