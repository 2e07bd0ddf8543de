"""Makes and reads documents with dkpro-cassis, as INCEpTION's own recommenders do; tests call it."""

import json
import sys

from cassis import Cas, TypeSystem, load_cas_from_xmi, load_typesystem
from cassis.typesystem import (
    TYPE_NAME_ANNOTATION,
    TYPE_NAME_BOOLEAN,
    TYPE_NAME_DOUBLE,
    TYPE_NAME_INTEGER,
    TYPE_NAME_STRING,
)

SEGMENTATION = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type"
IS_SUGGESTION = "inception_internal_predicted"


def make_types(layer, feature):
    """The types of a project, with the features that INCEpTION adds for a recommender."""
    types = TypeSystem()
    token = types.create_type(f"{SEGMENTATION}.Token", TYPE_NAME_ANNOTATION)
    types.create_feature(token, "order", TYPE_NAME_INTEGER)
    types.create_type(f"{SEGMENTATION}.Sentence", TYPE_NAME_ANNOTATION)
    own = types.create_type(layer, TYPE_NAME_ANNOTATION)
    types.create_feature(own, feature, TYPE_NAME_STRING)
    types.create_feature(own, "identifier", TYPE_NAME_STRING)
    types.create_feature(own, f"{feature}_score", TYPE_NAME_DOUBLE)
    types.create_feature(own, f"{feature}_score_explanation", TYPE_NAME_STRING)
    types.create_feature(own, f"{feature}_auto_accept", TYPE_NAME_STRING)
    types.create_feature(own, IS_SUGGESTION, TYPE_NAME_BOOLEAN)
    return types


def make_document(types, layer, feature, document):
    """A document of sentences, which are lists of tokens; annotations name their first and last token."""
    cas = Cas(types)
    text, places = "", []
    for tokens in document["sentences"]:
        begin = len(text)
        for index, token in enumerate(tokens):
            # A full stop stands behind its word.
            text += "" if index == 0 or token == "." else " "
            places.append((len(text), len(text) + len(token)))
            text += token
        places.append((begin, len(text), "sentence"))
        text += "\n"
    cas.sofa_string = text
    cas.sofa_mime = "text/plain"
    make = {"token": types.get_type(f"{SEGMENTATION}.Token"), "sentence": types.get_type(f"{SEGMENTATION}.Sentence")}
    words = []
    for begin, end, *kind in places:
        found = make["sentence" if kind else "token"](begin=begin, end=end)
        cas.add(found)
        if not kind:
            words.append(found)
    for first, last, value in document.get("annotations", []):
        fields = {feature: value, IS_SUGGESTION: False}
        cas.add(types.get_type(layer)(begin=words[first].begin, end=words[last].end, **fields))
    return cas.to_xmi()


def make_request(layer, feature, documents):
    types = make_types(layer, feature)
    return {
        "typeSystem": types.to_xml(),
        "documents": [make_document(types, layer, feature, document) for document in documents],
    }


def read_suggestions(layer, feature, type_system, xmi):
    """What INCEpTION takes from an answer, and how much else is there."""
    cas = load_cas_from_xmi(xmi, load_typesystem(type_system))
    found = [
        {
            "text": each.get_covered_text(),
            "begin": each.begin,
            "label": each[feature],
            "score": each[f"{feature}_score"],
        }
        for each in cas.select(layer)
        if each[IS_SUGGESTION]
    ]
    tokens = {(each.begin, each.end) for each in cas.select(f"{SEGMENTATION}.Token")}
    others = [each for each in cas.select(layer) if not each[IS_SUGGESTION]]
    return {"text": cas.sofa_string, "tokens": len(tokens), "others": len(others), "suggestions": found}


asked = json.load(sys.stdin)
answer = {"make": make_request, "read": read_suggestions}[asked.pop("do")](**asked)
json.dump(answer, sys.stdout)
