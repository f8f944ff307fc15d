"""What is asked: requests, the query language, execution, ranking, facets and highlights."""
