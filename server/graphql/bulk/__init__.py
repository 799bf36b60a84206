"""Bulk operations: documents that can be run in bulk, the job that runs them, the result's file."""
