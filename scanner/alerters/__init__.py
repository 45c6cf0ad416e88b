"""Alerters: see scanner/README.md."""
