"""The timeouts and retries of the functions' AWS clients."""

from botocore.config import Config

CLIENT_CONFIG = Config(
    connect_timeout=1, read_timeout=2, retries={"mode": "standard", "total_max_attempts": 3}, tcp_keepalive=True
)
"""Seconds: three attempts with their pauses end within about ten seconds, even if all of them hang."""

READER_CONFIG = Config(connect_timeout=1, read_timeout=1, retries={"mode": "standard", "total_max_attempts": 1})
"""For reads that may be skipped or are retried anyway: one attempt of at most about two seconds."""
