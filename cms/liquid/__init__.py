"""Liquid for portal pages and mails: engine, drops, tags, filters."""
