"""HTTP/1.1 towards upstreams, on the loop's own thread: bytes pass as they were sent."""
