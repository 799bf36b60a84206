"""The provider's admin portal: HTML pages under /p/admin."""
