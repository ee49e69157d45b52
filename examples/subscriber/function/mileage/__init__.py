"""A report made from the cars' events: how many cars each owner has, and how many miles were driven in them."""
