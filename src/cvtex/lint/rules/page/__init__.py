"""CV4: the typeset page."""
