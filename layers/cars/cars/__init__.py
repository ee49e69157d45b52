"""The car registry: domain, application and adapters."""
