"""Generates functions/query_api/asyncapi.yaml, AsyncAPI 3.0: what subscribers of the events can rely on.

The texts are in `document.yaml`, once for the whole document, and in `resource.yaml`, once for any resource.
"""
