"""Trains and exports the model. Needs the corpora beside the repository and `pip install 'onrecord[train]'`."""
