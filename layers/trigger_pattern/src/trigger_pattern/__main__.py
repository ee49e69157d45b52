"""Write a project of your own: python -m trigger_pattern new account."""

import sys

from trigger_pattern_authoring.command_line import main

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
