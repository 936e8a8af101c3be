"""The sections of the measures, one file each."""
