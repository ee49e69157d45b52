"""How the functions talk to AWS."""

from botocore.config import Config

CLIENT_CONFIG = Config(
    connect_timeout=1, read_timeout=2, retries={"mode": "standard", "total_max_attempts": 3}, tcp_keepalive=True
)
"""Seconds: three attempts with their pauses end well before a function's own timeout (20 s), whatever hangs."""
