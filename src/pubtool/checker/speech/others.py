"""How more languages interrupt a quotation, and say that its emphasis is theirs.

Only what tells an interrupted quotation from two: the commonest verbs of saying, third person.
"""

from __future__ import annotations

from collections.abc import Mapping

SAYING: Mapping[str, frozenset[str]] = {
    language: frozenset(words.split())
    for language, words in {
        "Spanish": "escribe escribió afirma afirmó dijo añade añadió explica explicó señala señaló "
        "sostiene sostuvo responde respondió pregunta preguntó declara declaró",
        "Italian": "scrive scrisse afferma affermò disse aggiunge spiega sostiene risponde rispose "
        "dichiara dichiarò",
        "Portuguese": "escreve escreveu afirmou disse acrescenta explicou sustenta respondeu",
        "Dutch": "schrijft schreef zegt zei stelt stelde meent verklaart verklaarde vraagt vroeg",
        "Swedish": "skriver skrev säger menar menade hävdar hävdade svarar svarade frågar frågade",
        "Danish and Norwegian": "siger sier sagde mener hevder svarer spørger spør",
        "Polish": "pisze pisał pisała mówi powiedział powiedziała twierdzi twierdził zauważa "
        "dodaje odpowiada odpowiedział pyta zapytał stwierdza",
        "Czech": "píše napsal říká řekl tvrdí dodává odpovídá",
        "Russian": "пишет писал писала написал говорит сказал сказала утверждает утверждал "
        "отмечает добавляет отвечает ответил ответила спрашивает спросил заявил",
        "Ukrainian": "пише писав каже сказав стверджує зазначає додає відповідає",
    }.items()
}
"""Verbs of saying; none of them is a common word of English."""

SPACELESS_SAYING = (
    *"写道 寫道 说道 說道 指出 认为 認為 宣称 宣稱 回答 问道 問道 补充 補充".split(),
    *"と書 と述べ と言 と語 と記 と答".split(),
)
"""The same in scripts without spaces, where a verb is only a part of what stands between spaces."""

MODERNISED = (
    r"\b(?:ortografía|grafía)\s+modernizada\b|\b(?:ortografia|grafia)\s+(?:modernizzata|modernizada)\b"
    r"|\bpisownia\s+uwspółcześniona\b|\bspelling\s+gemoderniseerd\b"
)
"""What says that spelling is modernised."""

EMPHASIS_ADDED = (
    r"\b(?:cursiva|énfasis)s?\s+(?:mía|mío|nuestra|nuestro|añadid[ao])s?\b"
    r"|\b(?:corsivo|enfasi)\s+(?:mio|mia|aggiunt[oa])\b"
    r"|\b(?:курсив|выделение|выделено)\s+(?:мой|моё|мое|мною|мной|наш|наше|нами|автором)\b"
    r"|\bpodkreślen(?:ie|ia)\s+(?:moje|własne|autora)\b"
    r"|\bmin\s+kursivering\b"
    r"|(?:強調|傍点|下線)は(?:引用者|筆者)|着重号为引者所加"
)
