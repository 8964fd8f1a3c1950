"""What a saved notebook keeps; tests/browser/test_evenings.py saves and opens one for real."""

from lessons_lib.start.saving import STORED, keep_what_stands_alone

VIEW = "application/vnd.jupyter.widget-view+json"


def saved(*outputs, **model):
    content = {"metadata": {"widgets": {"state": {}}, "kernelspec": {}}, "cells": [{"outputs": list(outputs)}, {}]}
    keep_what_stands_alone(model={"type": "notebook", "content": content} | model, path="a.ipynb")
    return content


def shown(**data):
    return {"output_type": "display_data", "data": data, "metadata": {}}


def test_an_explorer_is_saved_as_its_picture_with_the_way_out():
    content = saved(shown(**{VIEW: {"model_id": "a"}, "image/png": "picture", "text/plain": "sentence"}))
    kept, note = content["cells"][0]["outputs"]
    assert kept["data"] == {"image/png": "picture", "text/plain": "sentence"}
    assert note == {"output_type": "display_data", "data": {"text/markdown": STORED}, "metadata": {}}
    assert content["metadata"] == {"kernelspec": {}}
    assert saved(kept, note)["cells"][0]["outputs"] == [kept, note], "saved once more, it stays as it is"


def test_a_guess_says_itself_what_to_do():
    content = saved(shown(**{VIEW: {}, "text/html": "Run this cell"}))
    assert content["cells"][0]["outputs"] == [shown(**{"text/html": "Run this cell"})]


def test_the_rest_is_kept_as_it_is():
    outputs = [{"output_type": "stream", "name": "stdout", "text": "1"}, shown(**{"image/png": "a plot"})]
    assert saved(*outputs)["cells"][0]["outputs"] == outputs
    assert saved(*outputs, type="file")["metadata"] == {"widgets": {"state": {}}, "kernelspec": {}}
    keep_what_stands_alone(model={"type": "notebook", "content": None})
