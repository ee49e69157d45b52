"""The domain of cars: standard library only. Start with `car`."""
