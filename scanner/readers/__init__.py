"""Readers: see scanner/README.md."""
