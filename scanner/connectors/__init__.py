"""Connectors: see scanner/README.md."""
