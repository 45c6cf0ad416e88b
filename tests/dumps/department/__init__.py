"""An invented French department: 40 tables of all types, its values, and the ways in which servers dump them."""
