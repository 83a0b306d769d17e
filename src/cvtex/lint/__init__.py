"""The rules of `cvtex lint`, their selection and suppression, and fixes."""
