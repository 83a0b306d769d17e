"""What is wrong with the user's files: one type, one sink."""
