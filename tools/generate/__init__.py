"""Generators of checked-in test data: make corpus."""
