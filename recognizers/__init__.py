"""Presidio recognisers: rules as YAML, validators, names."""
