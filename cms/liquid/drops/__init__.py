"""What templates may see, one file a topic."""
