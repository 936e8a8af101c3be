"""From the values of the use cases to what the API, the pages and the command line show."""
