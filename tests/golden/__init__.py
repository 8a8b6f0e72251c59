"""Papers as they came out and were looked at: a change shows as a difference.

`python -m tests.golden` writes them anew; look at the difference before you keep it.
"""
