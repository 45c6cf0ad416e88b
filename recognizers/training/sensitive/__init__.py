"""Invented sentences about people, and others that only look like it, from which the classifier of special categories learns."""
