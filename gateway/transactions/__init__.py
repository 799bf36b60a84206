"""The Service Management API: authorize, authrep and report, as plug-in libraries call them."""
