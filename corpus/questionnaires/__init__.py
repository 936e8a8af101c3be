"""New questionnaires, which are to be answered: their questions, found in a text or in a file.

openings.py    what the first characters of a paragraph announce
blocks.py      the lines of a text as paragraphs
numbering.py   which numbered paragraphs are questions
recognise.py   the questions of a text, with their sub-questions and headings
"""
