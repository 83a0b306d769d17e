"""CV1: the structure of the CV and its dates."""
