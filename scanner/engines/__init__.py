"""Engines: see scanner/README.md."""
