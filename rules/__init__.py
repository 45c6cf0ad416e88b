"""Rules as data: policies, categories, regimes, decisions, columns. Imports nothing."""
