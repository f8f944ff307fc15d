"""Who asks: the site, its data formats and the command line."""
