"""Where the weights of the models come from: one module a model, run by hand (``python -m kg.training.NAME``)."""
