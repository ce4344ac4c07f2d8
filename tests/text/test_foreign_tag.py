"""The language of a passage, where it is clearly not the page's."""

from __future__ import annotations

import pytest

from pubtool.text.languages import foreign_tag

GERMAN = (
    "Der Wärter läutet die Glocke bei dichtem Nebel und auf Bitte eines Lotsen, wenn er ihn hört."
)
FRENCH = "Le gardien du phare n'a pas le droit de dormir avant que le soleil ne se lève sur la mer."
ENGLISH = (
    "The keeper shall sound the horn in thick weather, and at the request of a pilot of the port."
)
SWEDISH = "Vaktaren ska tända lampan när det blir mörkt och får inte lämna tornet under natten."


@pytest.mark.parametrize(
    ("text", "lang", "tag"),
    [
        (GERMAN, "en-US", "de"),
        (GERMAN, "fr", "de"),
        (FRENCH, "en", "fr"),
        (ENGLISH, "de-LI", "en"),
        (SWEDISH, "en", "sv"),
        ("Смотритель не должен уходить из башни, и он зажигает лампу, когда темнеет.", "en", "ru"),
        ("שומר המגדלור ידליק את המנורה עם רדת החשכה בכל יום", "en", "he"),
        ("يجب على الحارس أن يضيء المصباح عند الغسق كل يوم", "en", "und-Arab"),
        ("灯台守は毎日夕暮れにランプを灯さなければならない", "en", "ja"),
        # of the page's language, or nobody can tell
        (GERMAN, "de-LI", ""),
        (ENGLISH, "en-GB", ""),
        (GERMAN, "da", ""),
        ("يجب على الحارس أن يضيء المصباح عند الغسق كل يوم", "fa", ""),
        ("Lex dura lux.", "en", ""),
        ("Fiat iustitia et pereat mundus", "en", ""),
        ("The Wärter", "de", ""),
        ("", "en", ""),
    ],
)
def test_a_passage_in_another_language_has_its_tag(text: str, lang: str, tag: str) -> None:
    assert foreign_tag(text, lang) == tag
