"""Documents recognised as wholes: each kind is a YAML file of titles and marks."""
