"""One web page to what it says of itself, and to the report on it.

The page's tree comes from elsewhere, parsed once; nothing here asks the network.
"""
