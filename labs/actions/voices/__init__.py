"""The life of a voice: carried or given directly, checked, answered, confirmed, told back, taken back."""
