"""Entities: the people and places of a release, each with its evidence. Pure: no I/O."""
