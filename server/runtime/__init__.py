"""What the running process is made of, beside the faces: dispatch, feed, probe, logs, health."""
