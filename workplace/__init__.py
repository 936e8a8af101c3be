"""What users make of the knowledge base: accounts, keys, dossiers, the drafts of a report.

Kept in a database of its own, which no build touches; it knows the domain (`kb`) and neither sources nor search.
"""
