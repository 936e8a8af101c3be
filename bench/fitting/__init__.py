"""Weights and thresholds fitted on the training half of the questions."""
