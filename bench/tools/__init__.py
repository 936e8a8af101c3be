"""What the measures share: questions, metrics, processes, timing, reports."""
