"""The routes of the API: they validate, call and convert, without any logic of their own."""
