"""The developer portal: content, Liquid, pages."""
