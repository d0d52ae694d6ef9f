"""``python -m jingwei``: the command line where its script is not on the path."""

import sys

from jingwei.app.cli import main

if __name__ == "__main__":
    sys.exit(main())
