"""Measurements: never tests, never timed assertions."""
