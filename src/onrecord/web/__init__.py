"""The record in the browser, and the API: parse what is asked, call, show, and nothing else."""
