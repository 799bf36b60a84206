"""The command `gatehouse`."""
