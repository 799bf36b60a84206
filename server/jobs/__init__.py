"""What happens after the answer: mails, retries, cleaning up."""
