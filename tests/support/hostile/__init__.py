"""Requests and messages that nobody should send: of every wrong shape and size, chosen by a seed.

What is no fault is left out: `Prefer: wait=n`, which only takes time; a message that is right but for a type of command
that nobody knows, whose car would wait, by design, for newer code that knows it; and the deletion of one of the cars
that they are sent to.
"""
