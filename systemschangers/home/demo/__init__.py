"""Believable people and words, made from a seed, for trying the software and for its tests.

`words/` holds what people say, `people` and `ground` who and where they are, `telling` how a base
story becomes many, `wins` and `talk` who told what and when, `loading` writes the rows."""
