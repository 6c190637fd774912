"""`python -m public_value.recompute FOLDER`: the same command as an edition's `recompute.py`."""

import sys

from public_value.recompute.main import main

sys.exit(main(sys.argv[1:]))
