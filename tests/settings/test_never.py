"""What may never be read is known by the names of columns, in three languages and two more."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hrreco.settings import never_audited, never_necessary

from .never_names import KNOWN, REFUSED, names

ONLY_WITH_MARKS = [
    ("kön", "gender"),
    ("Juridiskt Kön", "gender"),
    ("Könstillhörighet", "gender"),
    ("køn", "gender"),
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


@given(names())
def test_no_way_of_writing_a_name_lets_it_through(name: str) -> None:
    assert never_necessary(name) is not None


@given(st.text(max_size=30))
def test_any_name_has_an_answer(name: str) -> None:
    assert never_necessary(name) is None or never_necessary(name) in REFUSED


def test_an_audit_of_fairness_may_see_gender_and_age_and_nothing_else_of_all_this() -> None:
    seen = {what for name, what in KNOWN if never_audited(name) is None}
    assert seen == {"gender", "birth date or age"}
    assert all(never_audited(name) in {None, what} for name, what in KNOWN)
