"""Training of the static French legal embedding model of `index/model/`; never imported when serving."""
