"""Tests of a resource that read as sentences, and an event store in memory. The laws are in `laws`."""

from trigger_pattern_testing.memory import MemoryEventStore
from trigger_pattern_testing.requesting import Requests
from trigger_pattern_testing.scenario import ACTOR, ID, NOW, Given, When, given

__all__ = ["ACTOR", "ID", "NOW", "Given", "MemoryEventStore", "Requests", "When", "given"]
