"""Generators of functions/query_api/asyncapi.yaml, of events/ and of the fold corpora: make generated."""
