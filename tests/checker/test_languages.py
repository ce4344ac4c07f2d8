"""Quotations in many languages, marks, directions and scripts, and in another than the source.

Each language has a short text of our own, a faithful quotation between the marks that are usual
there, and one with a single word (or character) changed.
"""

from __future__ import annotations

import pytest

from pubtool.checker.check import check_post
from pubtool.checker.conventions import CONVENTIONS
from pubtool.checker.evidence import Library
from pubtool.checker.index import build_index
from pubtool.model import (
    Bibliography,
    Difference,
    Key,
    MissingText,
    PostReport,
    Source,
    SourceText,
    Unavailable,
    Verdict,
    VerdictKind,
)
from pubtool.readers.post import read_post
from pubtool.system.pandoc import Pandoc
from pubtool.text.languages import Tongue, other_language, script_of

TEXTS = {
    "German": "Der Wärter zündet die Lampe in der Dämmerung an und bläst bei Nebel das große Horn. "
    "Wer vorbeifährt, grüßt mit der Flagge.",
    "French": "Le gardien allume la lampe au crépuscule et sonne de la corne quand l’air "
    "s’épaissit. Ceux qui passent le saluent d’un drapeau.",
    "Spanish": "El guardián enciende la lámpara al anochecer y toca la bocina cuando llega "
    "la niebla. ¿Quién no lo saluda al pasar?",
    "Polish": "Latarnik zapala lampę o zmierzchu i dmie w róg, gdy nadciąga gęsta mgła. "
    "Każdy przepływający statek go pozdrawia.",
    "Swedish": "Fyrvaktaren tänder lampan i skymningen och blåser i hornet när dimman lägger sig. "
    "Var och en som seglar förbi hälsar honom.",
    "Russian": "Смотритель зажигает лампу в сумерках и трубит в рог, когда ложится густой туман. "
    "Каждый проходящий корабль его приветствует.",
    "Japanese": "灯台守は夕暮れに灯をともし、霧が深くなると角笛を吹く。"
    "通りかかる船は旗を振って挨拶する。",
    "Chinese": "守灯人在黄昏时点亮灯塔，浓雾来临时便吹响号角。经过的船只都会向他挥旗致意。",
    "Arabic": "يوقد الحارس المصباح عند الغروب وينفخ في البوق حين يشتد الضباب. "
    "وكل سفينة تمر به تحييه برايتها.",
    "Hebrew": "השומר מדליק את המנורה עם רדת הערב ותוקע בשופר כאשר הערפל מתעבה. "
    "כל ספינה שעוברת מברכת אותו בדגל.",
    "Greek": "Ο φύλακας ανάβει τη λάμπα το σούρουπο και φυσά το κέρας όταν πέφτει πυκνή ομίχλη.",
    "Thai": "คนเฝ้าประภาคารจุดตะเกียงเมื่อพลบค่ำและเป่าแตรเมื่อหมอกลงหนา",
    "Hindi": "रखवाला साँझ को दीपक जलाता है और घना कोहरा आने पर भोंपू बजाता है। "
    "गुज़रने वाला हर जहाज़ उसे सलाम करता है।",
    "Korean": "등대지기는 해 질 녘에 등불을 켜고 안개가 짙어지면 나팔을 분다.",
}
MARKS = {
    "German": "„“ »« ‚‘ ›‹",
    "French": "«» “”",
    "Spanish": "«» “”",
    "Polish": "„” »« «»",
    "Swedish": "”” »»",
    "Russian": "«» „“",
    "Japanese": "「」 『』",
    "Chinese": "“” 「」",
    "Arabic": "«» “”",
    "Hebrew": "„” “”",
    "Greek": "«»",
    "Thai": "“”",
    "Hindi": "“”",
    "Korean": "“”",
}
QUOTED = {
    "German": ("zündet die Lampe in der Dämmerung an und bläst bei Nebel", "Lampe", "Kerze"),
    "French": ("allume la lampe au crépuscule et sonne de la corne", "crépuscule", "matin"),
    "Spanish": ("enciende la lámpara al anochecer y toca la bocina", "anochecer", "amanecer"),
    "Polish": ("zapala lampę o zmierzchu i dmie w róg, gdy nadciąga", "zmierzchu", "świcie"),
    "Swedish": ("tänder lampan i skymningen och blåser i hornet", "skymningen", "gryningen"),
    "Russian": ("зажигает лампу в сумерках и трубит в рог", "сумерках", "полдень"),
    "Japanese": ("夕暮れに灯をともし、霧が深くなると角笛を吹く", "霧", "雪"),
    "Chinese": ("在黄昏时点亮灯塔，浓雾来临时便吹响号角", "浓", "薄"),
    "Arabic": ("المصباح عند الغروب وينفخ في البوق حين يشتد", "الغروب", "الفجر"),
    "Hebrew": ("מדליק את המנורה עם רדת הערב ותוקע בשופר", "הערב", "הבוקר"),
    "Greek": ("ανάβει τη λάμπα το σούρουπο και φυσά το κέρας", "σούρουπο", "πρωί"),
    "Thai": ("จุดตะเกียงเมื่อพลบค่ำและเป่าแตรเมื่อหมอกลงหนา", "ค่ำ", "ดึก"),
    "Hindi": ("साँझ को दीपक जलाता है और घना कोहरा आने पर", "साँझ", "भोर"),
    "Korean": ("해 질 녘에 등불을 켜고 안개가 짙어지면", "등불을", "촛불을"),
}
"""What is quoted, the word that a falsifier takes out, and the one that he puts there."""

PAIRS = [(language, marks) for language, pairs in MARKS.items() for marks in pairs.split()]
ENGLISH = (
    "The keeper shall light the lamp at dusk and sound the horn when the fog is thick. "
    "All of the ships that pass the tower are to be entered in the journal of the harbour, and "
    "those that do not greet it with a flag are named to the board by the end of the year."
)


def report(pandoc: Pandoc, post: str, *texts: SourceText, missing: str = "") -> PostReport:
    gone = {Key(missing): MissingText(Key(missing), Unavailable.MISSING, "no text")}
    keys = [*(text.key for text in texts), *([Key(missing)] if missing else [])]
    sources = {key: Source(key, "document", str(key)) for key in keys}
    library = Library(
        Bibliography("references.bib", sources), build_index(texts), gone if missing else {}
    )
    read = read_post("posts/post.md", post, pandoc.parse(post, "posts/post.md"))
    return check_post(read, library, CONVENTIONS["chicago"])


def verdict(pandoc: Pandoc, post: str, *texts: SourceText, missing: str = "") -> Verdict:
    (one,) = report(pandoc, post, *texts, missing=missing).verdicts
    return one


def unmarked(found: Verdict) -> list[Difference]:
    return [difference for difference in found.differences if not difference.permitted]


@pytest.mark.parametrize(("language", "marks"), PAIRS)
def test_a_faithful_quotation_is_verbatim_in_its_language(
    pandoc: Pandoc, language: str, marks: str
) -> None:
    quoted = QUOTED[language][0]
    found = verdict(
        pandoc, f"{marks[0]}{quoted}{marks[1]} [@s].\n", SourceText(Key("s"), TEXTS[language])
    )
    assert (found.quotation.text, found.kind) == (quoted, VerdictKind.VERBATIM)
    assert found.match is not None
    assert found.match.text == quoted


@pytest.mark.parametrize(("language", "marks"), PAIRS)
def test_a_changed_word_is_caught_in_its_language(
    pandoc: Pandoc, language: str, marks: str
) -> None:
    quoted, word, other = QUOTED[language]
    false = quoted.replace(word, other, 1)
    found = verdict(
        pandoc, f"{marks[0]}{false}{marks[1]} [@s].\n", SourceText(Key("s"), TEXTS[language])
    )
    assert (found.quotation.text, found.kind) == (false, VerdictKind.ALTERED)
    changed = "".join(difference.quoted for difference in unmarked(found))
    assert changed in other or other in changed


@pytest.mark.parametrize("language", TEXTS)
def test_a_quotation_within_the_prose_of_its_language(pandoc: Pandoc, language: str) -> None:
    marks, quoted = MARKS[language].split()[0], QUOTED[language][0]
    lead = TEXTS[language].split()[0][:6]
    found = verdict(
        pandoc,
        f"{lead} {marks[0]}{quoted}{marks[1]} {lead} [@s].\n",
        SourceText(Key("s"), TEXTS[language]),
    )
    assert (found.quotation.text, found.kind) == (quoted, VerdictKind.VERBATIM)


@pytest.mark.parametrize("language", TEXTS)
def test_a_quotation_in_another_language_than_its_source_is_unchecked(
    pandoc: Pandoc, language: str
) -> None:
    quoted = TEXTS[language].rstrip(".。।?؟")
    found = verdict(pandoc, f"> {quoted} [@s]\n", SourceText(Key("s"), ENGLISH))
    assert (found.kind, found.reason) == (VerdictKind.UNCHECKED, "language")
    (finding,) = found.findings
    assert finding.code == "Q302"
    assert finding.message.endswith(", the text of s in English")


@pytest.mark.parametrize("language", ["German", "French", "Spanish", "Polish", "Swedish"])
def test_an_english_quotation_from_a_source_in_another_language(
    pandoc: Pandoc, language: str
) -> None:
    text = f"{TEXTS[language]} {TEXTS[language]}"
    found = verdict(
        pandoc,
        "“The lamp is to be lit by the keeper and not by you” [@s].\n",
        SourceText(Key("s"), text),
    )
    assert (found.kind, found.reason) == (VerdictKind.UNCHECKED, "language")
    assert found.findings[0].message == (
        f"could not be checked: the quotation is in English, the text of s in {language}"
    )


@pytest.mark.parametrize(
    "post",
    [
        "“A promise is made to strangers on the water, and it is not to be broken by us” [@s].\n",
        "“die Lampe und das Horn” [@s].\n",
        "“Horn, Nebel, Lampe, Flagge, Hafen, Turm, Treppe, Keller” [@s].\n",
    ],
    ids=["the same language", "too few function words", "no function words"],
)
def test_a_quotation_whose_language_is_not_clearly_another_is_absent(
    pandoc: Pandoc, post: str
) -> None:
    assert verdict(pandoc, post, SourceText(Key("s"), ENGLISH)).kind is VerdictKind.ABSENT


def test_a_quotation_that_stands_in_any_source_is_compared_whatever_its_language(
    pandoc: Pandoc,
) -> None:
    quoted = QUOTED["German"][0]
    found = verdict(
        pandoc,
        f"„{quoted}“ [@english].\n",
        SourceText(Key("english"), ENGLISH),
        SourceText(Key("german"), TEXTS["German"]),
    )
    assert found.kind is VerdictKind.MISATTRIBUTED


def test_a_source_without_a_text_is_missing_and_of_no_language(pandoc: Pandoc) -> None:
    found = verdict(
        pandoc, f"„{QUOTED['German'][0]}“ [@gone].\n", SourceText(Key("s"), ENGLISH), missing="gone"
    )
    assert (found.kind, found.reason) == (VerdictKind.UNCHECKED, "missing")


@pytest.mark.parametrize(
    "remark",
    ["[@s] (my translation)", "(translated by the author) [@s]", "[@s, translation mine]"],
)
def test_a_translation_that_the_post_declares_is_unchecked(pandoc: Pandoc, remark: str) -> None:
    post = f"“The lamps of home are far, far away, say sailors” {remark}.\n"
    found = verdict(pandoc, post, SourceText(Key("s"), TEXTS["Swedish"]))
    assert (found.kind, found.reason) == (VerdictKind.UNCHECKED, "language")


def test_a_declared_translation_that_stands_in_the_source_is_verbatim(pandoc: Pandoc) -> None:
    post = "“The keeper shall light the lamp at dusk” [@s] (my translation).\n"
    assert verdict(pandoc, post, SourceText(Key("s"), ENGLISH)).kind is VerdictKind.VERBATIM


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("Latin script", TEXTS["Polish"]),
        ("Cyrillic script", TEXTS["Russian"]),
        ("Japanese", TEXTS["Japanese"]),
        ("Chinese", TEXTS["Chinese"]),
        ("Arabic script", TEXTS["Arabic"]),
        ("Devanagari script", TEXTS["Hindi"]),
        (None, "1914–1918"),
        (None, "λόγος καὶ νόμος, logos and law"),
    ],
)
def test_the_script_of_a_text(language: str | None, text: str) -> None:
    assert script_of(text) == language


def test_related_languages_are_not_told_apart_by_what_they_share() -> None:
    spanish = "de que a o se e no de que a"
    portuguese = Tongue("Latin script", "Portuguese")
    assert other_language(spanish, spanish.split(), portuguese) is None


ANOTHER_WORD = {
    "a German mood": ("Das Gericht konnte anders entscheiden als zuvor", "konnte", "könnte"),
    "a German passive": ("Der Antrag wurde am Ende doch abgelehnt", "wurde", "würde"),
    "a Spanish tense": ("El ministro hablo de la reforma ante todos", "hablo", "habló"),
    "a French participle": ("Le tribunal juge que la demande est bonne", "juge", "jugé"),
    "a Swedish pronoun": ("Han har en hatt som ingen har sett", "Han", "Hän"),
    "a Vietnamese tone": ("Con ma này là của ông ấy từ lâu lắm rồi", "ma", "má"),
    "a Russian plural": ("Мои друг и брат пришли вчера вечером домой", "Мои", "Мой"),
    "a voiced syllable": ("彼はかならず帰ると言ったか知らない", "かなら", "がなら"),
    "a Thai tone": ("เขาบอกว่าไม่ใช่ขาวของฉันในวันนั้น", "ขาว", "ข้าว"),
    "a Tamil vowel": ("மனிதப் பிறவியினர் சகலரும் பிறக்கின்றனர்", "பிறக்", "பறக்"),
    "a Bengali vowel": ("সমস্ত মানুষ সমান অধিকার নিয়ে জন্মগ্রহণ করে", "করে", "করা"),
    "a Telugu vowel": ("విషయమున మానవులెల్లరును స్వతంత్రులును", "త్రులును", "త్రులను"),
    "a Khmer vowel": ("មនុស្សទាំងអស់ កើតមកមានសេរីភាព និងសមភាព", "សមភាព", "សមភូព"),
    "Arabic vowels": ("كَتَبَ الرجل رسالة إلى صديقه القديم", "كَتَبَ", "كُتِبَ"),
    "Hebrew vowels": ("הוא אמר דָּבָר אחד לכל האנשים שם", "דָּבָר", "דֶּבֶר"),
    "a Turkish initial": ("İsim yazılan kartlar masanın üstünde", "İsim", "Isim"),
}
"""What a source says, a word of it, and what a mark more or another one makes of that."""


@pytest.mark.parametrize("change", ANOTHER_WORD)
def test_an_accent_or_a_vowel_makes_another_word(pandoc: Pandoc, change: str) -> None:
    passage, word, other = ANOTHER_WORD[change]
    text = SourceText(Key("guide"), f"{passage}.\n")
    found = verdict(pandoc, f"“{passage.replace(word, other, 1)}” [@guide].\n", text)
    assert found.kind is VerdictKind.ALTERED
    (difference,) = unmarked(found)
    assert difference.quoted in other or other in difference.quoted
    assert verdict(pandoc, f"“{passage}” [@guide].\n", text).kind is VerdictKind.VERBATIM


SET_OTHERWISE = {
    "pointed Hebrew": (
        "בראשית ברא אלהים את השמים ואת הארץ",
        "בְּרֵאשִׁית בָּרָא אֱלֹהִים אֵת הַשָּׁמַיִם וְאֵת הָאָרֶץ",
    ),
    "Arabic with its vowels": ("يولد جميع الناس أحرارا", "يُولَدُ جميعُ الناسِ أحراراً"),
    "some of the vowels": ("كَتَبَ الرجل رسالة إلى صديقه", "كتَبَ الرجل رسالة إلى صديقه"),
    "lengthened Arabic": ("يولد جميع الناس متساوين", "يولـــد جميع النـــاس متساوين"),
    "an isolated number": (
        "בשנת 1948 הוקמה המדינה החדשה",
        "בשנת \u20681948\u2069 הוקמה המדינה החדשה",
    ),
    "a variant's selector": ("葛城市の人口は多くない", "葛\U000e0100城市の人口は多くない"),
    "a break within Khmer": ("មនុស្សទាំងអស់ កើតមក", "មនុស្ស\u200bទាំង\u200bអស់ កើត\u200bមក"),
    "wide marks": ("他去了；但是她没有去：原因不明", "他去了;但是她没有去:原因不明"),
    "a Russian ё": ("Все смешалось в доме Облонских", "Всё смешалось в доме Облонских"),
    "an accent on a capital": (
        "Le texte de la loi que les juges lisent est sur la table, et le greffier le dit. "
        "L’Etat et la commune sont dans la salle",
        "L’État et la commune sont dans la salle",
    ),
}
"""What a source says, and the same words set in another way."""


@pytest.mark.parametrize("setting", SET_OTHERWISE)
def test_points_and_invisible_characters_are_typography(pandoc: Pandoc, setting: str) -> None:
    one, other = SET_OTHERWISE[setting]
    text = SourceText(Key("guide"), f"{one}.\n")
    assert verdict(pandoc, f"“{other}” [@guide].\n", text).kind is VerdictKind.VERBATIM


@pytest.mark.parametrize(
    "shown", ["in \u202e1848\u202c the", "in 18\u202e48\u202c the", "in \u202d1848\u202c the"]
)
def test_what_turns_letters_round_is_seen_by_readers(pandoc: Pandoc, shown: str) -> None:
    """An override has a browser show 8481, which nobody wrote."""
    passage = "The lamp was lit in 1848 the first time, by the keeper of the harbour"
    text = SourceText(Key("guide"), f"{passage}.\n")
    quoted = passage.replace("in 1848 the", shown)
    assert verdict(pandoc, f"“{quoted}” [@guide].\n", text).kind is VerdictKind.ALTERED


def test_words_set_with_and_without_points_are_found_both_ways(pandoc: Pandoc) -> None:
    for setting in ("pointed Hebrew", "Arabic with its vowels", "lengthened Arabic"):
        bare, pointed = SET_OTHERWISE[setting]
        text = SourceText(Key("guide"), f"{pointed}.\n")
        assert verdict(pandoc, f"“{bare}” [@guide].\n", text).kind is VerdictKind.VERBATIM


def test_a_turkish_capital_of_i_is_an_initial_capital(pandoc: Pandoc) -> None:
    text = SourceText(Key("guide"), "İstanbul güzel bir şehirdir ve kalabalıktır.\n")
    found = verdict(pandoc, "“istanbul güzel bir şehirdir ve kalabalıktır” [@guide].\n", text)
    assert found.kind is VerdictKind.ADAPTED


def test_a_sharp_s_written_as_two_is_a_spelling(pandoc: Pandoc) -> None:
    text = SourceText(Key("guide"), "Der Fluß ist breit und der Weg ist weit.\n")
    found = verdict(pandoc, "“Der Fluss ist breit und der Weg ist weit” [@guide].\n", text)
    assert [difference.code for difference in unmarked(found)] == ["Q105"]


def test_an_english_text_without_accents_has_lost_those_of_names_alone(pandoc: Pandoc) -> None:
    told = "The keeper of the harbour lit the lamp at dusk, and the pilots came home by its light. "
    passage = "The letter of Raphael was found, and the work would resume at dawn"
    text = SourceText(Key("guide"), f"{told * 14}{passage}.\n")
    named = passage.replace("Raphael", "Raphaël")
    assert verdict(pandoc, f"“{named}” [@guide].\n", text).kind is VerdictKind.VERBATIM
    other = passage.replace("resume", "résumé")
    assert verdict(pandoc, f"“{other}” [@guide].\n", text).kind is VerdictKind.ALTERED
