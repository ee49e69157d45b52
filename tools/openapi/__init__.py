"""Generates the API's description, OpenAPI 3.1: what Powertools reads off the routes, and the rest."""
