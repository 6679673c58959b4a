"""The life of a barrier: raised, answered, asked about after four weeks, fixed or open again."""
