"""What holds for every test."""

from hypothesis import settings

from tools import environment

environment.enter()  # tests start programs and clients of many kinds: none is to see the user's settings

settings.register_profile("project", deadline=None, derandomize=True)
settings.load_profile("project")
