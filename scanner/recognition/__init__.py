"""Recognition: see scanner/README.md."""
