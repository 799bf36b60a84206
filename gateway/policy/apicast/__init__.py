"""The policy that lets calls in: credentials, mapping rules, application, limits."""
