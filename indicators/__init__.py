"""The domain library of the CAR-T Access Atlas: facts, indicators and figures, with no web framework in it."""
