"""Reading: turning one raw document into a Release. Pure: no I/O."""
