"""What templates may use, told from the code: for docs/, the admin portal and its editor."""
