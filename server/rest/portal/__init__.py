"""The content of portals, as the reference's CMS API has it: JSON without wrappers."""
