"""Examples that build on this project's contracts."""
