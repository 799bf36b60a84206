"""Counter stores: one protocol, one file a store."""
