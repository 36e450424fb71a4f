"""The network, and everything that may go wrong on it: what `intake.fetch` stands on and nobody else uses."""
