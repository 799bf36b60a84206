"""Templates as functions, made once from what the library has parsed; they render the same."""
