"""A provider's configuration as a folder of files, and the way back into the database."""
