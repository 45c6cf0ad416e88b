"""Dumps written as SQL: statements as text, rows of INSERT and COPY as columns."""
