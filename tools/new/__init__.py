"""Starts a new resource: its module, its test, and its places in RESOURCES and in the template."""
