"""What is stored: the model, reading, passages, facets, schema, generations and reindex."""
