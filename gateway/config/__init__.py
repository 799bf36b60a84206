"""Configuration documents as the gateway reads them."""
