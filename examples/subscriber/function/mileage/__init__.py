"""How many cars each owner has, and how many miles were driven in them: a report made from the cars' events."""
