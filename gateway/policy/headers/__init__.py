"""Headers of requests and answers, changed."""
