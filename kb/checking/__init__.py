"""What a text says of the law, compared with the law: quotations, near misses. Pure: no store, no service."""
