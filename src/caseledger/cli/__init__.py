"""The command line: turns text into values, calls one function, prints what it answers.

The only floor that prints or exits. stdout is data; everything else goes to stderr.
"""
