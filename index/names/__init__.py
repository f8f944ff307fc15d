"""Names settled by the whole archive: the second pass over what every release claims.

``claim_table`` keeps the claims of all releases, ``people`` and ``places`` decide on each key by
them, ``table`` is all that is decided, ``settle`` applies it and the operator's ``aliases`` to a
release. Only ``claim_table``, ``table`` and ``alias_file`` touch files.
"""
