"""What may never be read of a person, known by the names of columns.

Names are looked for in English, Finnish and Swedish, and in Norwegian and Danish where the word
is plain. Letters may lack their dots and rings, or carry them as marks of their own.
"""

from __future__ import annotations

import re
import unicodedata

_NEVER = {
    "health": """
        health disab sick illness diagnos medical pregnan addict injur vaccin
        sairau sairas diagnoos tervey(?!sasem|skesk|denhuol|spalv) vamma raskau paihde paihtei
        tyoky[kv]y rokot
        sjuk(?!hus|skot|vard) halsa _halso(?!central|station|vard|_och)
        funktions(neds|hind|vari) handi[ck]ap gravid arbetsskad missbruk
        sy[kg]e?(dom|frav|meld) _helse(?!foret) helbred funksjonsneds
        """,
    "family": """
        marital married spouse child civil_?status maternity paternity parental next_?of_?kin
        (?<!job)(?<!job_)(?<!role_)(?<!career_)(?<!skill_)famil(y(?!_?name)|ies)
        siviilis aviosaa avioli puoliso _laps[ie](?!ryhm) _lasten_?(l|maar) huollettav aitiys
        _isyys vanhempain lahioma (?<!tehtava)(?<!ammatti)(?<!tyo)_perhe(?!_?koodi|_?tyo)
        [cs]ivilst aktenskap ektef aegtef (?<!jobb)(?<!yrkes)(?<!roll)_famil(j|ie)(?!e?_?namn)
        _barn_ _barna?ntal _antall?_?barn foraldra forae?ldre anhorig parorende _vab_
        """,
    "ethnicity or origin": """
        _race racial ethnic hispanic nationalit citizen birth_?(place|countr|city|town|state)
        (place|country|city|town|state)_?of_?birth
        kansalaisuu kansallisuu syntyma_?(paik|maa|kunta|kaup|valt) etni[ns] _rotu ihonvari
        medborgarsk statsborgersk fod(else|sels?|e)_?(ort|land|plats|kommun|sted) etni[cks]
        hudfarg
        """,
    "residence or work permit": """
        residen(ce|cy|t)_?permit (?<!hot)(?<!hot_)work_?permit _visa_?(status|type|expir)
        oleskelulu[pv] viisumi (?<!tuli)_tyolu(pa|van)
        uppehallstillst arbetstillst _visum opp?holdstilla[dt] arbei?[dj]d?stilla[dt]
        """,
    "criminal record": """
        criminal_?(record|histor|convic|backg|offen|check) background_?check
        rikosrek rikostaust taustatarkast
        brottsreg belastningsreg bakgrundskontroll politiattest straffeattest strafferegist
        """,
    "religion or belief": """
        religio _faith_ _beliefs?_ conviction
        uskon(to|non|nol) vakaumu
        livsaskadn overtygels livssyn trossamf trosuppfat livsanskuel
        """,
    "political opinion": """
        political(?!_?scien) (?<!third)(?<!third_)party_?(member|affil)
        poliitti _puolue(?!elli|et[ot])
        _(parti)?politisk partimedlem parti_?tillhor
        """,
    "biometric data": """
        biometri finger_?print
        sormenjal
        fingera[vf]try
        """,
    "union membership": """
        (trade|labou?r)_?union union_?(member|fee|id) ^_union_$
        ammattiliit ammattiyhdist ammatti_liit _ay_?jasen _liitto_ jasenmaksu luottamusmie
        _fack(forb|foren|lig|medl|avg|klubb) medlemsavgift fagforen fagforbund fagorganis
        """,
    "national identity number": """
        _ssn_ social_?security _national_?(id|insur) personal_?identi(ty|fication)
        ^_identity_?(code|number)
        ^_passport_$ passport_?(no|num|id) _tax_?(id|number)_
        henkilo_?tunnu _hetu sosiaaliturva _sotu_ veronumero _passin?_?numero
        person_?(nummer|nr|beteckn|signum) samordningsn _pass_?nummer fodsels_?(nummer|nr)
        _cpr_?(nr|nummer|number)
        """,
    "birth date or age": """
        birth _dob_ _age_?(_|group|band|range|class)
        syntyma syntyny _synt_ _ika_ _ika(ryhm|luok|vuo|jakau) elakeika _alaikai _taysi_?ikai
        fodelse _fodd_ _alder(_|n_|s) pensionsalder fodsels _fodt_
        """,
    "gender": """
        gender _sex_
        sukupuol
        kjonn
        """,
    "sexual orientation": """
        ^_orientation_$ sexual
        seksuaal
        sexuel
        """,
    "pay": """
        salar (?<!se)wage ^_pay(?!roll_?(id|n)|ment_?(date|day)|ee) _pay_
        pay_?(zone|band|grade|rate|scale) bonus compensation remunerat _income_ _earnings_
        palkka palkan _palkat_ palkkio hinnoittelu_?(tunn|koht|kood) veroprosen
        (manads|tim|ars|grund)lon
        _lone(gra|kla|gru|niv|till) ersattning arvode
        """,
    "performance": """
        performance appraisal employee_?rating potential_?(score|rating)
        suoritus_?arv suorituksen_?arv suoriutumi tyosuori kehitys_?keskust tulos_?keskust
        (?<!studie)prestation(?!s_?da) prestasjon praestation medarbe[tij][ad]e?rsamt
        utvecklingssamt
        """,
    "inferred style or personality": """
        learning_?style personalit mbti big_?five psychometr
        persoonalli oppimis_?tyyl henkilo_?arvio soveltuvuus_?(arv|test) psykometr temperament
        personlighe _larstil inlarningsst la?eringsst
        """,
}
"""Patterns by kind, apart by blanks: English, Finnish, then Swedish with Norwegian and Danish.

They are looked for in a name in lower case, without marks, and with ``_`` around each word: so
``_barn_`` is a word of its own.
"""

NEVER_KINDS = tuple(_NEVER)
"""What kinds of data about a person are always refused."""

_NEVER_WITH_MARKS = {
    "gender": "_k[öø]n(s|_)",
    "pay": "l[öø]nn?_ _l[öø]nn?(e(?!sätt)|g|k|t(?!ag)|s(?!am|om))",
}
"""The same for names with their marks: without them, these would be other words (``lon``)."""


_ONLY_AUDITED = frozenset({"gender", "birth date or age"})
"""What may be read for audits of fairness, and for nothing else."""


def _compiled(kinds: dict[str, str]) -> dict[str, re.Pattern[str]]:
    return {what: re.compile("|".join(words.split())) for what, words in kinds.items()}


_PLAIN, _MARKED = _compiled(_NEVER), _compiled(_NEVER_WITH_MARKS)
_EDGE = re.compile(r"(?<=[^\W\d_A-ZÅÄÖÆØ])(?=[A-ZÅÄÖÆØ])|(?<=[A-Z])(?=[A-Z][a-z])|[\W\d_]+")

_NO_MARKS = str.maketrans({"ø": "o", "æ": "ae"})  # which are letters, not letters with marks


def never_necessary(column: str) -> str | None:
    """Return what kind of always-refused data a column's name points to, or None.

    Camel case and blanks are read as underscores, so ``RaceDesc``, ``race desc`` and
    ``race_desc`` are one. A name that says nothing of what the column holds passes.

    Examples
    --------
    >>> never_necessary("MaritalDesc")
    'family'
    >>> never_necessary("Sukupuoli"), never_necessary("Kön")
    ('gender', 'gender')
    >>> never_necessary("role") is None
    True
    """
    marked = f"_{_EDGE.sub('_', unicodedata.normalize('NFC', column)).lower()}_"
    plain = _without_marks(marked)
    found = (what for what, pattern in _PLAIN.items() if pattern.search(plain))
    with_marks = (what for what, pattern in _MARKED.items() if pattern.search(marked))
    return next(found, None) or next(with_marks, None)


def never_audited(attribute: str) -> str | None:
    """Return what kind of data not even an audit of fairness may look at, or None.

    Examples
    --------
    >>> never_audited("gender") is None, never_audited("union_member")
    (True, 'union membership')
    """
    what = never_necessary(attribute)
    return None if what in _ONLY_AUDITED else what


def _without_marks(text: str) -> str:
    """Return ``syntyma`` for ``syntymä``."""
    apart = unicodedata.normalize("NFKD", text.translate(_NO_MARKS))
    return "".join(letter for letter in apart if not unicodedata.combining(letter))
