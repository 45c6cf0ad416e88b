"""Expressions as automata over UTF-8 bytes, built where a text first needs them and run by compiled kernels."""
