"""Recording by hand: one unit of work, every record cited, nobody merged on a name."""
