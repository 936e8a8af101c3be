"""The commands of `renvoi`, one file each; `api/cli.py` puts them together."""
