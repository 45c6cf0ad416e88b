"""Invented sentences, about people or only seeming so, from which a classifier of special categories learns."""
