"""The columnar codec: releases, postings and facets of a segment as arrays in one mapped file.

``docs/index-format.md`` describes the files byte by byte.
"""
