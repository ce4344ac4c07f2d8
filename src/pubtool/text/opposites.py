"""Opposites in languages other than English: the commonest words that turn a sentence round.

Each row is two groups of beginnings of words; a word of the one is the contrary of a word of the
other. A beginning stands for its inflections, a full stop behind it for that word alone. Prefixes
that deny (*ungültig*, *injuste*) are for `pubtool.text.contraries`. Opposites are no closed class:
what is not here is no proof that two words agree.
"""

from __future__ import annotations

from functools import cache, lru_cache

from pubtool.text.folding import without_diacritics

_ROWS = {
    "German": """
lach:wein. weint weinen weinte|ober. obere:unter. untere|gut beste besser wohl.:schlecht übel bös|
groß größ:klein kleine gering|viel mehr.:wenig minder|alt. alte älter:neu jung jüng|hoch. hohe
höher höchst:niedrig niedrer tief|lang. lange läng:kurz kürz|stark stärk kräftig:schwach schwäch|
schnell rasch:langsam|früh:spät|warm heiß:kalt kält kühl|hell. helle licht:dunk finster|reich:arm.
arme ärm|leicht einfach:schwer schwierig|richtig wahr. wahre:falsch irrig|offen öffne
geöffn:geschloss schließ|öffentlich:privat geheim|innerhalb:außerhalb|vor. vorher bevor:nach.
nachher danach|über. oberhalb:unter. unterhalb|mit.:ohne.|für.:gegen. wider.|erlaub gestatt:verbiet
verbot untersag|annehm angenomm annimm:ablehn abgelehn verweiger|geben gibt gab gegeben:nehm nimmt
nahm genomm|kauf käuf:verkauf verkäuf|steig stieg erhöh zunehm zunahm zugenomm:sink sank gesunk
fallen fiel senk gesenk verminder verringer abnehm abnahm abgenomm|beginn begann anfang:ende beend
aufhör|gewinn gewann gewonn sieg:verlier verlor verlust niederlag|freund:feind|krieg:frieden|leben.
lebt lebend:tod tot. tote sterb starb gestorb|tag:nacht nächt|mann männ:frau weib|vater
väter:mutter mütter|sohn söhn:tochter töcht|bruder brüder:schwester|könig.:königin|
arbeitgeber:arbeitnehmer|gläubiger:schuldner|mieter:vermieter|kläger:beklagt|herr:knecht diener|
froh. frohe fröhlich heiter:traurig trüb|lieb. liebe:hass haß|freud:leid trauer|links linke:rechts|
nord nörd:süd|ost. osten östl:west|voll. volle:leer|sicher:gefährlich zweifelhaft|immer stets:nie.
niemals selten manchmal zuweilen|erste:letzt|mindestens wenigstens:höchstens|mehrheit:minderheit|
ja.:nein.|bejah:vernein|loben lobt lobte:tadel|kommt kommen kam.:geht gehen ging|notwendig
nötig:überflüssig|schuldig:frei|herein hinein:heraus hinaus
""",
    "French": """
supérieur:inférieur|interne:externe|rire. ri. rit riait rient riaient:pleur|bon. bons bonne
meilleur bien.:mauvais pire mal. méchant|grand:petit|haut:bas. basse|long. longue longs:court.
courte bref brève|vieux vieil ancien:nouve jeune neuf|fort. forte forts:faible|riche:pauvre|
chaud:froid|clair:obscur sombre|facile aisé:difficile malaisé|vrai. vraie vérit véridi:faux fausse
menson|premier première:dernier dernière|avant.:après.|avec.:sans.|pour.:contre.|sur. dessus.:sous.
dessous.|dedans intérieur:dehors extérieur|plus. davantage:moins.|toujours:jamais rarement parfois
quelquefois|beaucoup nombreu:peu. rare|perme permi autoris:interdi défend prohib empêch|
accept:refus rejet|donn:prend pris. ôt|achet acquér acqui:vend vente vendi|augment accro
hauss:diminu baiss rédui décro|commenc débu:fin. fini achev cess|gagn gain victoir vainqu:perd
perte défait|ouvr ouvert:ferm clos|ami. amis amie:ennemi|guerre:paix|vie. vivan vivre vécu:mort
mour|jour:nuit|homme:femme|père:mère|fils.:fille|frère:sœur soeur|roi.:reine|maître:serviteur valet
esclave|créancier:débiteur|bailleur:preneur locataire|employeur:employé salarié|
demandeur:défendeur|propriétaire:détenteur usufruitier locataire|public publique:privé|
gauche:droite|nord:sud|est.:ouest|heureu content:malheureu mécontent|triste:gai joyeu|aim amour:haï
haine détest|louer. loua louang:blâm|présen:absen|majorit:minorit|maximum:minimum|entrer entra
entrent:sorti sort.|monter monta montent:descend|approuv:désapprouv condamn|oui.:non.|liberté
libre:esclav captif servitude|vite rapide:lent|sage:fou. folle|beau belle:laid
""",
    "Spanish": """
superior:inferior|interior:exterior|reír ríe rió reía rien:llor|bueno buena buenos buenas buen.
bien. mejor:malo mala mal. peor|grande gran. mayor:pequeñ menor|grandísim muchísim:poquísim
pequeñísim|alto alta:bajo baja|largo larga:corto corta breve|viejo vieja antigu:nuevo nueva joven|
fuerte:débil flac|rico rica:pobre|calient calor calur cálid:frío fría|claro clara:oscur obscur|
fácil:difícil|verdad ciert:mentir fals|primer:últim postrer|antes.:después.|con.:sin.|sobre.
encima:debajo|dentro:fuera|más.:menos.|siempre:nunca jamás|mucho mucha:poco poca|permit:prohib
impid|acept:rechaz rehús|dar. dio. dado:tomar tomó quit|compr:vend|subi sube:baja bajó|aument
crec:disminu mengu reduc|empez comenz empiez comienz:acab termin|gan. ganar ganó:perd perdi|abr.
abrir abrió abiert:cerr|amig:enemig|guerra:paz|vida vivi vivo:muert morir murió|día:noche|hombre
varón:mujer|padre:madre|hijo:hija|hermano:hermana|rey.:reina|señor amo.:criado siervo esclav|
izquierd:derech|alegr content alboroz:trist|amor amó amar:odio odi aborrec|feliz dichos
ventur:infeliz desdichad desventur|público pública:privad secret|sí.:no.|libre libert:preso cautiv
""",
    "Italian": """
superior:inferior|intern:estern|ridere ride rise. rideva:piang pians|buon bene. miglior:cattiv mal.
male peggio|grand:piccol|alto alta alti alte:basso bassa bassi basse|lungo lunga:corto corta brev|
vecchi antic:nuov giovan|forte forti:debol|ricc:pover|cald:fredd|chiar:scur oscur buio|
facil:difficil|vero vera verit:fals menzogn bugi|primo prima primi:ultim|prima.:dopo.|con.:senza.|
sopra:sotto|dentro:fuor|più.:meno.|sempre:mai. raramente|molt:poco poca pochi poche|permett
permess:viet proib|accett:rifiut|dare. dato diede:prend tolse toglie|compr acquist:vend|aument
cresc:diminu cala|cominc inizi:finì finisc termin|vinc vins vitt vinse:perd perse sconfitt|apr.
aprì apert:chiud chius|amico amica amici:nemic|guerra:pace|vita. vivo viva:mort mori|giorno:notte|
uomo uomini:donna donne|padre padri:madre madri|figlio:figlia|fratell:sorell|re.:regina|destr
dritt:sinistr|lieto lieta felic:trist infelic|amor:odio|signor padron:serv|sì.:no.|saggi:stolt
foll|bello bella belli belle:brutt|dolce dolci:amar
""",
    "Portuguese": """
superior:inferior|bom. boa. bons. boas. bem. melhor:mau. má. maus. más. mal. pior|grand
maior:pequen menor|alto. alta. altos. altas.:baix|long comprid:curt brev|velh antig:nov. novo.
nova. novos. novas. jovem jovens moderno moderna|fort:frac fraqu débil|ric:pobr|quent:fri. frio.
fria. frios. frias.|clar:escur|fácil facil:difícil dificil|verdad:fals mentir|primeir:últim|
antes.:depois.|com.:sem.|dentro.:fora.|sobre.:sob.|mais.:menos.|sempre.:nunca. jamais. raramente.|
muit:pouc|permit autoriz:proib|aceit:recus rejeit|dar. deu. dá.:tirar. tirou. tira.|compr:vend|
aument cresc:diminu reduz|começ:acab termin|ganh venc:perd|abr. abrir abriu abert:fech|amig:inimig|
guerra:paz|vida. vive. viver viveu:mort morr|dia. dias.:noit|homem homens:mulher|pai. pais.:mãe.
mães.|filho.:filha.|direit:esquerd|alegr content:trist|amor. ama. amar. amou.:ódio odi|feliz
felizes:infeliz|público pública:privad secret|livr:pres. preso presa escrav|rápid depressa:lent
devagar|cedo.:tarde.|acus:defend|culpad:inocent|inclu:exclu
""",
    "Polish": """
górn:doln|dobr lepsz lepiej:zły. zła. złe. źle. gorsz gorzej|duż wielk większ:mał mniejsz|wysok
wyższ:nisk niższ|długi długa długie dłuższ:krótk|stary. stara. stare. starego. starej. starsz
dawna. dawny. dawne.:młod nowa. nowe. nowy. nowej. nowego.|siln mocn:słab|bogat:biedn ubog|ciepł
gorąc:zimn chłodn|jasn:ciemn|łatw:trudn|prawdziw prawd:fałszyw kłam|pierwsz:ostatn|przed.:po.|
z.:bez.|nad.:pod.|wewn:zewn|więcej.:mniej.|zawsze.:nigdy. rzadko.|dużo. wiele. wielu. często.:mało.
niewiele. rzadko.|pozwal pozwol zezw:zabr zakaz|przyj. przyjął przyję przyjm:odrzuc odmów odmaw|
uwzględni:oddal|dać. dał. daje. dają.:brać. wziąć. wziął. bierze.|kup:sprzeda|wzr. wzrost wzrós
rośn:spad zmniejsz|zacz. zacząć zaczął zaczę:kończ skończ|wygr. wygrał:przegra|otw. otwar otwier
otworz:zamk|przyja:wróg wrog|wojn:pokój pokoju|życi żyj. żyje:śmierć śmierci umar umier|dzień dnia
dni.:noc.|mężczyzn:kobiet|ojciec ojca:matk|syn. syna.:cór|prawy prawa.:lewy lewa.|weso rados:smut|
kocha miło:nienaw|szczęśliw:nieszczęśliw|jawn:tajn|wolny wolna:niewol|szybk:powol|wcześn:późn|
starann:niedba|oskarż:bron|winny winn.:niewinn|leg. legaln:nielegaln
""",
    "Dutch": """
lach:ween huil|goed beste beter:slecht kwaad|groot grote groter:klein|hoog hoge hoger:laag lage
lager|lang lange langer:kort|oud oude ouder:nieuw jong|sterk:zwak|rijk:arm. arme armer|warm heet
hete:koud|licht:donker duister zwaar|gemakkelijk makkelijk:moeilijk|waar. ware:vals onwaar leugen|
eerst:laatst|voor. vóór.:na. tegen.|met.:zonder.|boven:onder beneden|binnen:buiten|meer.:minder|
altijd altoos:nooit nimmer zelden soms|veel vele:weinig bitter|toestaa toegestaa:verbied verbod
verboden|geven geeft gaf. gegeven:nemen neemt nam.|koop kocht gekocht:verkoop verkocht|stijg
steeg:daal|begin begon:eind|winnen wint won. gewonnen:verlie verloor|open geopend:sluit gesloten
dicht|vriend:vijand|oorlog:vrede|leven leeft levend:dood dode sterv stierf|dag. dagen:nacht|man.
mannen:vrouw|vader:moeder|zoon zonen:dochter|broer broeder:zuster|koning.:koningin|links
linker:rechts rechter|blij vrolijk:droevig treurig|liefde lief:haat|vrij:gevangen|ja.:neen. nee.|
heer:knecht dienaar|wijs wijze:dwaas
""",
    "Latin": """
superior:inferior|ridet risit:flet flevit|bon melior optim:mal. mala mali malo malum malus peior
pessim|magn maior maxim:parv minor. minim|mult:pauc|long:brev|vetus veter antiqu senex senes:novus
nova novum iuven|fort:debil|divit dives:pauper|ver. vera verum vere verus:fals|prim:ultim postrem|
ante.:post.|cum.:sine.|pro.:contra.|super supra:infra sub.|intra:extra|magis plus.:minus.|
semper:numquam nunquam raro interdum|amic:inimic host|bellum bello belli:pax pace pacem pacis|vita
vitam vitae vivit vivere:mors morte mortem mortis mori|diem die. dies:nox noct|vir. viri virum
viro:mulier femin|pater patr:mater matr|filius filio filium:filia|frater fratr:soror|domin:servus
servi servo servum|rex. regem regis:regin|amor amat amant:odi|laet:trist|vinc vicit victor:vinci
victus vict. perd|vend:emit emo emere|incip coep:finit desin|aper:claus claud|dext:sinist|
laud:vituper culp|sapien:stult
""",
}
_MOST_ENDING = 4
"""Letters that an inflection may put behind the beginning of a word."""


@cache
def _places() -> tuple[dict[str, set[int]], dict[str, set[int]]]:
    """Return in which groups each whole word stands, and each beginning; two groups make a row."""
    words, beginnings = dict[str, set[int]](), dict[str, set[int]]()
    rows = (row for table in _ROWS.values() for row in table.replace("\n", " ").split("|"))
    groups = (group for row in rows for group in row.split(":"))
    for number, group in enumerate(groups):
        for written in map(without_diacritics, group.split()):
            table = words if written.endswith(".") else beginnings
            table.setdefault(written.removesuffix("."), set()).add(number)
    return words, beginnings


@lru_cache(maxsize=1 << 12)
def _groups(folded: str) -> frozenset[int]:
    """Return the groups in which a folded word stands."""
    words, beginnings = _places()
    plain = without_diacritics(folded)
    found = set(words.get(plain, ()))
    for length in range(max(len(plain) - _MOST_ENDING, 1), len(plain) + 1):
        found |= beginnings.get(plain[:length], set())
    return frozenset(found)


def are_opposed(one: str, other: str) -> bool:
    """Whether one of two folded words is listed as the opposite of the other, in any language."""
    return not _groups(other).isdisjoint(number ^ 1 for number in _groups(one))


def is_opposable(folded: str) -> bool:
    """Whether a folded word is listed, in any language."""
    return bool(_groups(folded))
