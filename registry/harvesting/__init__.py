"""What harvesting decides: what is written and what is left to people, who is meant, who is told."""
