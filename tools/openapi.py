"""Write the API's description to the file that query_api serves: make openapi."""

import sys

from tools.project import PROJECT
from trigger_pattern_authoring.commands import openapi

if __name__ == "__main__":
    sys.exit(openapi(PROJECT))
