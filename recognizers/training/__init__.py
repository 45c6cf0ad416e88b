"""Makes what the package ships: run by hand, with corpora; no part of the installed package."""
