"""A story's amounts are in the shop's money."""

from __future__ import annotations

import json
from pathlib import Path

from pos.app.story import Player, read_story
from tests.support.shop import make_shop

SHOP = """\
name,address,vat_id,zone,language,currency,country
Test,Weg 1|8000 Zürich,CHE1,Europe/Zurich,de_AT,CHF,CH
"""


def test_a_story_of_a_shop_in_francs_is_told_in_francs(tmp_path: Path) -> None:
    steps = [
        {"do": "sign_in", "operator": "maria", "pin": "9999"},
        {"do": "open_session", "float": "100.00"},
        {"do": "add_product", "product": "6", "quantity": "3"},
        {"do": "discount_sale", "amount": "0.15", "reason": "x"},
        {"do": "tender", "method": "cash", "amount": "2.00"},
        {"do": "expect", "last_sale": {"total": "1.50", "change": "0.50"}},
    ]
    story = tmp_path / "story.json"
    story.write_text(json.dumps({"title": "Francs", "till": "1", "steps": steps}))
    with Player(read_story(story), make_shop(tmp_path / "data", shop=SHOP)) as player:
        played = [step.differences for step in player.play()]
    assert played == [[]] * len(steps)
