"""Tests of OFAC's list, on small invented files and, where they are there, on whole real ones."""
