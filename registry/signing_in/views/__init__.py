"""The pages of signing in and of one's account. They are for one person each, and kept by no cache."""
