"""The tools that Renvoi is measured beside, one file each."""
