"""Write the demo pack: `python demo/generate.py [FOLDER]`, by default into the folder of this file.

Every run writes the same bytes. The pack describes 30 September 2026 and is meant for edition 2026Q3.
"""

import sys
from pathlib import Path

from generator.files import write_pack

if __name__ == "__main__":
    write_pack(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
