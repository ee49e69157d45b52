"""A user's environment in which nothing of this project would run, did it read it."""

from pathlib import Path

CONFIG = Path(__file__).with_name("no.config")
"""A file of settings that cannot be read, neither as AWS's nor as pip's."""
NOWHERE = "http://127.0.0.1:9"
"""An address where nobody listens."""

POISON = {
    # settings of the emulator
    "LOG_LEVEL": "WARNING", "SERVICES": "s3", "USE_SSL": "1", "LAMBDA_STRICT": "1", "PERSIST_STATE": "1",
    "GATEWAY_PORT": "1", "EDGE_PORT": "2", "MINISTACK_HOST": "nowhere.invalid", "LAMBDA_EXECUTOR": "docker",
    "AUTH": "true",
    # settings of clients of AWS
    "AWS_PROFILE": "nope", "AWS_CONFIG_FILE": str(CONFIG), "AWS_SHARED_CREDENTIALS_FILE": str(CONFIG),
    "AWS_MAX_ATTEMPTS": "0", "AWS_RETRY_MODE": "bad", "AWS_DEFAULTS_MODE": "bad", "AWS_ENDPOINT_URL": NOWHERE,
    "AWS_REGION": "nowhere", "AWS_DEFAULT_REGION": "nowhere", "AWS_S3_US_EAST_1_REGIONAL_ENDPOINT": "bad",
    "AWS_SDK_UA_APP_ID": "x" * 99, "AWS_REQUEST_CHECKSUM_CALCULATION": "bad", "AWS_DATA_PATH": "/nowhere",
    "AWS_USE_FIPS_ENDPOINT": "true", "AWS_CA_BUNDLE": "/nowhere",
    "SAM_CLI_PROFILE": "nope", "SAM_CLI_CONFIG_ENV": "prod",
    # ways to elsewhere
    "HTTP_PROXY": NOWHERE, "http_proxy": NOWHERE, "HTTPS_PROXY": NOWHERE, "ALL_PROXY": "socks5://127.0.0.1:9",
    "all_proxy": "socks5://127.0.0.1:9", "NO_PROXY": "localhost", "no_proxy": "localhost",
    # settings of pip and Python
    "PIP_USER": "1", "PIP_TARGET": "/nowhere", "PIP_CONFIG_FILE": str(CONFIG), "PIP_REQUIRE_VIRTUALENV": "1",
    "PYTHONPATH": "/nowhere",
    # settings of what the functions and the operator's tools are made with
    "POWERTOOLS_LOG_LEVEL": "bad", "POWERTOOLS_LOGGER_SAMPLE_RATE": "bad",
}  # fmt: skip
