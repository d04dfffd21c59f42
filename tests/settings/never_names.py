"""Names of columns that may never be read, in the languages covered, and ways to write them."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from hypothesis import strategies as st

REFUSED = {
    "health": (
        "sick-days Disability HealthStatus",
        "sairaus sairauspoissaolo Sairausloma terveys Terveydentila vamma Työvamma raskaus"
        " diagnoosi Työkyky päihdeongelma",
        "sjukfrånvaro Sjukskriven sjukdom hälsa Hälsotillstånd funktionsnedsättning graviditet"
        " Arbetsskada sykefravær sygefravær",
    ),
    "family": (
        "MaritalDesc marital_status Children FamilyStatus family_members next_of_kin",
        "siviilisääty aviosääty perhe Perhesuhteet lapset LastenLkm puoliso äitiysloma lähiomainen"
        " huollettavat",
        "civilstånd familj Familjesituation barn AntalBarn föräldraledig äktenskap sivilstand",
    ),
    "ethnicity or origin": (
        "RaceDesc race place_of_birth BirthCountry nationality CitizenDesc citizenship",
        "kansalaisuus kansallisuus syntymäpaikka syntymämaa etninen EtninenTausta rotu",
        "medborgarskap nationalitet födelseort Födelseland etnicitet statsborgerskab fødested",
    ),
    "residence or work permit": (
        "residence_permit ResidentPermit WorkPermit work_permit_until visa_status",
        "oleskelulupa viisumi Oleskeluluvan_tyyppi työlupa Työluvan_päättymispäivä",
        "uppehållstillstånd visum Arbetstillstånd oppholdstillatelse arbeidstillatelse"
        " opholdstilladelse arbejdstilladelse",
    ),
    "criminal record": (
        "criminal_record CriminalHistory criminal_convictions BackgroundCheck",
        "rikosrekisteri Rikosrekisteriote rikostausta Taustatarkastus",
        "brottsregister Belastningsregister bakgrundskontroll politiattest straffeattest",
    ),
    "religion or belief": (
        "Religion religious_conviction Conviction faith belief Beliefs",
        "uskonto Uskontokunta vakaumus Vakaumuksen_laatu",
        "livsåskådning religion övertygelse trossamfund trosuppfattning livssyn livsanskuelse",
    ),
    "political opinion": (
        "political political_opinion PoliticalParty party_membership PartyMember"
        " party_affiliation",
        "poliittinen PoliittinenKanta puolue Puolueen_jäsen puoluekanta",
        "politisk Politisk_åsikt partimedlem Partitillhörighet partipolitisk",
    ),
    "biometric data": (
        "biometric BiometricId Fingerprint finger_print",
        "sormenjälki Sormenjäljet biometrinen",
        "fingeravtryck biometrisk fingeravtrykk fingeraftryk",
    ),
    "union membership": (
        "union_member Union trade_union",
        "ammattiliitto Ammattiliiton_jäsen jäsenmaksu",
        "fackförbund facklig Fackavgift fagforening",
    ),
    "national identity number": (
        "ssn SSN_last4 social_security national_id NationalIdentity personal_identity_code"
        " PassportNo",
        "henkilötunnus Hetu HenkilöTunnus sosiaaliturvatunnus",
        "personnummer PersonNr personbeteckning fødselsnummer cpr_nr",
    ),
    "birth date or age": (
        "DOB birth_date BirthYear age AgeGroup date_of_birth employee_age",
        "syntymäaika syntymäpäivä SyntymäVuosi ikä ikäryhmä ikäluokka Alaikäinen",
        "födelsedatum födelsedag ålder Åldersgrupp fødselsdato alder",
    ),
    "gender": (
        "GenderCode sex",
        "sukupuoli Sukupuolikoodi",
        "kjønn",
    ),
    "sexual orientation": (
        "Sexual_Orientation",
        "seksuaalinen_suuntautuminen",
        "SexuellLäggning",
    ),
    "pay": (
        "Salary PayZone base_pay hourly_wage",
        "palkka Palkkaluokka Kuukausipalkka palkkaus bonus Tulospalkkio",
        "timlon lonegrad ersättning",
    ),
    "performance": (
        "PerformanceScore CurrentEmployeeRating",
        "suoritusarvio Suorituksen_arviointi kehityskeskustelu",
        "prestation Prestationsbedömning medarbetarsamtal utvecklingssamtal",
    ),
    "inferred style or personality": (
        "learning_style MBTI",
        "persoonallisuus oppimistyyli",
        "personlighet lärstil",
    ),
}
KNOWN = [(name, what) for what, of in REFUSED.items() for names in of for name in names.split()]

WRITINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "upper case": str.upper,
    "lower case": str.lower,
    "marks of their own": lambda name: unicodedata.normalize("NFD", name),
    "no marks": lambda name: "".join(
        letter for letter in unicodedata.normalize("NFD", name) if letter.isascii()
    ),
}


@st.composite
def names(draw: st.DrawFn) -> str:
    """Return such a name, written some way, and perhaps with something before and behind it."""
    name, _ = draw(st.sampled_from([k for k in KNOWN if not set(k[0]) & set("æø")]))
    written = WRITINGS[draw(st.sampled_from(sorted(WRITINGS)))](name)
    if name in {"Union", "perhe"}:  # of other meanings too where something stands beside them
        return written
    before = draw(st.sampled_from(["", "hr_", "Employee ", "nykyinen_", "Nuvarande.", "1-"]))
    after = draw(st.sampled_from(["", "_koodi", " Code", "2024", " (text)", "-kod"]))
    return f"{before}{written}{after}"
