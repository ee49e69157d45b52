"""The local stack: the real template in an emulator on this machine, its demo and its client."""
