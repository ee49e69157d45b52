"""The use cases, and the ports through which they reach the world. They know no AWS and no HTTP."""
