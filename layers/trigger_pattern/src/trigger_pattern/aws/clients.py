"""How the functions talk to AWS."""

from botocore.config import Config

CLIENT_CONFIG = Config(
    connect_timeout=1, read_timeout=2, retries={"mode": "standard", "total_max_attempts": 3}, tcp_keepalive=True
)
"""Seconds: three attempts with their pauses end within some ten seconds, whatever hangs."""

READER_CONFIG = Config(connect_timeout=1, read_timeout=1, retries={"mode": "standard", "total_max_attempts": 1})
"""For what can be left out, or is tried again anyway: one attempt of at most some two seconds."""
