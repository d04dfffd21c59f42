"""What may never be read is known by the names of columns, in three languages and two more."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrreco.settings import never_necessary

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
    "gender or orientation": (
        "GenderCode sex Sexual_Orientation",
        "sukupuoli Sukupuolikoodi",
        "kjønn",
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

ONLY_WITH_MARKS = [
    ("kön", "gender or orientation"),
    ("Juridiskt Kön", "gender or orientation"),
    ("Könstillhörighet", "gender or orientation"),
    ("køn", "gender or orientation"),
    ("lön", "pay"),
    ("Lönegrad", "pay"),
    ("Månadslön", "pay"),
    ("Lønnstrinn", "pay"),
]

WORK_NEEDS = re.findall(
    r"\w+",
    """
    employee_id role language rating page grade reunion stage JobFamily job_family jobfamily
    trace_id FamilyName location manager_id started_on hours_per_month Storage learning_hours
    identity employee_identity_number HygienePassport incoming sewage_plant
    Toimipaikka Asemapaikka Koulutuspaikka Rooli Yksikkö Esimies Kieli Äidinkieli Aloituspäivä
    Aika Aloitusaika Kesto Tehtävänimike Ammattinimike Ammattiryhmä Tehtäväperhe Tehtävä_perhe
    perhekoodi perehdytys
    Vaativuusluokka Henkilönumero Lähde Alkuperä Suorituspäivä Suoritus Arvosana
    Sairaala Sairaanhoitopiiri Terveysasema Lapsiryhmä Määräaikainen Työsuhde Kustannuspaikka
    Palautteet Kuntaliitto Kurssi Tila Rotaatio Hygieniapassi
    Befattning Avdelning Chef Lönesättande_chef Språk Startdatum Arbetsort Enhet Yrkesgrupp Sjukhus
    Sjukvårdsområde Barnomsorg Barnskötare Roll Befattningsfamilj Ursprung Fackområde Lönsamhet
    Löntagarnummer Skönhet Personalnummer Studieprestation Prestationsdatum Ersättare Äldreomsorg
    payroll_id PayrollNumber payrollid payment_date PaymentDay payee_id OrientationDate
    orientation_done
    policy policyholder political_science PoliticalScience party third_party ThirdPartyMember
    visa Visa visatulos advisor HotWorkPermit permit_to_work check background criminal_law
    GoodFaithful convict
    politiikka Henkilöstöpolitiikka politologia puolueeton Puolueettomuus puolueellisuus
    Tulityölupa Tulityökortti työluokka lupa tausta Taustatiedot rekisteri Korkeakoulu uskottu
    policyansvarig Personalpolitiskt polis partner Partihandel register Belastning Tillstånd
    Bakgrund avtryck
    Ämne Kon Lon London Familjenamn Anställningsdatum tjänsteålder
    """,
)


@pytest.mark.parametrize(("column", "what"), KNOWN + ONLY_WITH_MARKS)
def test_what_may_never_be_read_is_known_by_its_name(column: str, what: str) -> None:
    assert never_necessary(column) == what


@pytest.mark.parametrize("column", WORK_NEEDS)
def test_what_work_needs_is_not_mistaken_for_it(column: str) -> None:
    assert never_necessary(column) is None
    assert never_necessary(unicodedata.normalize("NFD", column)) is None
    assert never_necessary(column.upper()) is None


WRITINGS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "upper case": str.upper,
    "lower case": str.lower,
    "marks of their own": lambda name: unicodedata.normalize("NFD", name),
    "no marks": lambda name: "".join(
        letter for letter in unicodedata.normalize("NFD", name) if letter.isascii()
    ),
}


@given(
    known=st.sampled_from([k for k in KNOWN if not set(k[0]) & set("æø")]),
    writing=st.sampled_from(sorted(WRITINGS)),
    before=st.sampled_from(["", "hr_", "Employee ", "nykyinen_", "Nuvarande.", "1-"]),
    after=st.sampled_from(["", "_koodi", " Code", "2024", " (text)", "-kod"]),
)
def test_no_way_of_writing_a_name_lets_it_through(
    known: tuple[str, str], writing: str, before: str, after: str
) -> None:
    name, _ = known
    if name == "Union":  # a word of many meanings, refused where nothing stands beside it
        before = after = ""
    assert never_necessary(f"{before}{WRITINGS[writing](name)}{after}") is not None


@given(st.text(max_size=30))
def test_any_name_has_an_answer(name: str) -> None:
    assert never_necessary(name) is None or never_necessary(name) in REFUSED
