"""HTTP around the routes: middleware, authentication, errors, parameters and dependencies."""
