"""The pages: server-rendered, in French, each reproducible by one address of the API."""
