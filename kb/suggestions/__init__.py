"""What may be meant by what is being typed: the numbers, codes, themes and titles that begin so, never one that the
base has not.

    typed.py       a reference being typed: the letters and digits of its number, the words around them
    numbers.py     every number of the base, sorted: those that begin so are one slice
    labels.py      names and titles by the words they are made of, typing errors included
    vocabulary.py  the words of the base, and the nearest one to a word that it does not know
"""
