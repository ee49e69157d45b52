"""The contract of the broadcast: a JSON Schema for every event, which a later one may add to and never break."""
