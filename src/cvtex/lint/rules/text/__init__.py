"""CV2: texts."""
