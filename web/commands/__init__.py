"""The commands of the terminal, a module for those that load the same; see ``web.cli``."""
