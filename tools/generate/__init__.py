"""Generators of docs/asyncapi.yaml, of events/ and of the fold corpora: make generated."""
