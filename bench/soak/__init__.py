"""A soak: an hour or less of mixed load with neighbours who misbehave, watched from outside."""
