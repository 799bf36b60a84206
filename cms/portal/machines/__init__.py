"""What the portal has for programs: twins of pages, lists of what there is, a server of MCP."""
