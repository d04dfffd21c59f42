import subprocess
import sys

import pytest

from hrreco.errors import UnknownIdError
from hrreco.models import names, recommender


def test_every_public_file_is_a_model():
    assert set(names()) >= {"als", "content", "ease", "fallback", "lightfm", "popularity"}
    assert all(recommender(name).name == name for name in names())


def test_an_unknown_model_gets_the_close_match():
    with pytest.raises(UnknownIdError, match=r"unknown model 'eese'; did you mean 'ease'\?"):
        recommender("eese")
    with pytest.raises(UnknownIdError, match="there are als, blend, cease, content"):
        recommender("xyzzy")


@pytest.mark.parametrize("name", ["svd", "fallbak"])
def test_what_only_training_names_is_not_offered(name):
    with pytest.raises(UnknownIdError) as caught:
        recommender(name)
    assert "fallback" not in str(caught.value)
    assert recommender("fallback").name == "fallback"


@pytest.mark.parametrize("name", ["_guard", "os", "../ease", "", "models.ease"])
def test_only_models_are_found(name):
    with pytest.raises(UnknownIdError):
        recommender(name)


def test_engines_are_imported_only_when_fitted():
    code = (
        "import sys, hrreco.models as m; [m.configured(n, {}) for n in m.names()]; "
        "print({'implicit', 'lightfm', 'sklearn', 'mlflow', 'dataframely'} & set(sys.modules))"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "set()"
