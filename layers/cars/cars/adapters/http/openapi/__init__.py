"""The API's description, OpenAPI 3.1: what Powertools reads off the routes, and the rest.

Nothing but the description itself imports this, so no other request's cold start pays for it.
"""
