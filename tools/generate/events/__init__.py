"""Generates events/: payloads for `sam local invoke`, one file for each case of a function.

The cases of a resource are one life of it, so their ids fit together.
"""
