"""The data plane: runs alone, imports neither `server` nor `cms`."""
