"""What every page of the admin portal stands in: the edge, the screen, lists and charts."""
