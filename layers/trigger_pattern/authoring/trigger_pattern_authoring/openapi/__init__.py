"""Generates the API's description, OpenAPI 3.1, from the resources, the routes and the API's problems."""
