"""The operator's command line, for a stack on AWS or the one on this machine: `python -m tools.ops --help`."""
