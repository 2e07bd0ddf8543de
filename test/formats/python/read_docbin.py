"""Reads a file of spaCy's DocBin, and writes its tokens and tags as columns."""

import sys

import spacy
from spacy.tokens import DocBin

for doc in DocBin().from_disk(sys.argv[1]).get_docs(spacy.blank("xx").vocab):
    for token in doc:
        tag = f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O"
        print(token.text, tag, sep="\t")
    print()
