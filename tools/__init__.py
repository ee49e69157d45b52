"""The local stack: the real template in an emulator on this machine, for people and for tests."""
