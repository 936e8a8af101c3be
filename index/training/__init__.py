"""Training of the static French legal embedding model of `index/data/model/`; never imported when serving."""
