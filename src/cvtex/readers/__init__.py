"""Readers of the user's files: texts become trees and records with places."""
