"""The French words of what the domain says as data: one table for each kind of value."""
