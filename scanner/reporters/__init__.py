"""Reporters: see scanner/README.md."""
