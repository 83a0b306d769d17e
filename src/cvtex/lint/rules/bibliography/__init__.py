"""CV3: the bibliography."""
