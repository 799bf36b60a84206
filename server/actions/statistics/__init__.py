"""What was used and how it was answered, summed over calendar windows."""
