"""What readers know in common of formats: containers, markup, records; nothing of recognition."""
