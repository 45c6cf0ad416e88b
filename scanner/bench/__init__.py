"""Measures recense on invented corpora: speed, memory and findings, beside other tools on the same bytes."""
