"""Writes an author's project: a resource's module and test, its places in the template, the API's description."""
