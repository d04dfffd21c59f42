"""A bundle is the same bytes for the same fit, and whatever was done to it is noticed."""

import json

import numpy as np
import pytest

from hrreco.errors import BundleError, NotFittedError
from hrreco.models import configured, read_bundle, write_bundle

from .company import company, origin
from .conftest import _fitted


def write(folder, name="ease", **more):
    given = {"fingerprints": {"events": "ab"}, "ingest_seq": 7, **more}
    return write_bundle(folder, _fitted(name), origin(**given))


@pytest.fixture
def folder(tmp_path):
    write(tmp_path / "b", "lightfm")
    return tmp_path / "b"


def files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def rewrite(folder, change):
    """Change the manifest's values as somebody would who knows the form."""
    path = folder / "manifest.json"
    values = json.loads(path.read_text())
    change(values)
    path.write_text(json.dumps(values))


def test_the_same_fit_gives_the_same_bytes(name, tmp_path):
    first = write(tmp_path / "a", name)
    model = configured(name, {}).fit(company())
    second = write_bundle(
        tmp_path / "b", model, origin(fingerprints={"events": "ab"}, ingest_seq=7)
    )
    assert first == second
    assert files(tmp_path / "a") == files(tmp_path / "b")


def test_the_order_of_keys_is_not_in_the_bytes(tmp_path):
    one = write(tmp_path / "a", fingerprints={"x": "1", "y": "2"})
    other = write(tmp_path / "b", fingerprints={"y": "2", "x": "1"})
    assert one == other


def test_the_manifest_says_where_the_model_comes_from(folder):
    manifest = read_bundle(folder).manifest
    assert manifest.recipe.name == "lightfm"
    assert manifest.recipe.config["seed"] == 1
    assert manifest.fingerprints == {"events": "ab"}
    assert manifest.ingest_seq == 7
    assert set(manifest.versions) == {"hrreco", "numpy", "scipy", "rectools-lightfm"}


def test_writing_again_is_no_change_and_another_bundle_is_refused(tmp_path):
    assert write(tmp_path / "b") == write(tmp_path / "b")
    before = files(tmp_path / "b")
    with pytest.raises(BundleError, match="another bundle"):
        write(tmp_path / "b", ingest_seq=8)
    assert files(tmp_path / "b") == before
    assert [path.name for path in tmp_path.iterdir()] == ["b"]


def test_a_failed_write_leaves_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr("os.fsync", lambda _: (_ for _ in ()).throw(OSError("disk full")))
    with pytest.raises(OSError, match="disk full"):
        write(tmp_path / "b")
    assert list(tmp_path.iterdir()) == []


def test_an_unfitted_model_is_not_written(tmp_path):
    with pytest.raises(NotFittedError):
        write_bundle(tmp_path / "b", configured("als", {}), origin(ingest_seq=None))
    assert list(tmp_path.iterdir()) == []


def test_another_id_is_refused(folder):
    with pytest.raises(BundleError, match="another bundle is expected here, aaaaaaaaaaaa…"):
        read_bundle(folder, "a" * 64)


def test_every_changed_byte_is_noticed(folder, tmp_path):
    bundle_id = read_bundle(folder).bundle_id
    for path in sorted(folder.iterdir()):
        content = path.read_bytes()
        for at in np.linspace(0, len(content) - 1, 7).astype(int):
            path.write_bytes(content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :])
            with pytest.raises(BundleError):
                read_bundle(folder, bundle_id)
        path.write_bytes(content[:-1])
        with pytest.raises(BundleError):
            read_bundle(folder, bundle_id)
        path.write_bytes(content)
    read_bundle(folder, bundle_id)


@pytest.mark.parametrize("name", ["manifest.json", "vocabulary.json", "biases.npy"])
def test_a_missing_file_is_named(folder, name):
    (folder / name).unlink()
    with pytest.raises(BundleError, match=name):
        read_bundle(folder)


@pytest.mark.parametrize("name", ["extra.npy", "model.pkl", "x.py", ".hidden", "A.npy"])
def test_a_file_too_many_is_named(folder, name):
    (folder / name).write_bytes(b"x")
    with pytest.raises(BundleError, match=name):
        read_bundle(folder)


def test_links_and_folders_do_not_belong(folder, tmp_path):
    elsewhere = tmp_path / "biases.npy"
    (folder / "biases.npy").rename(elsewhere)
    (folder / "biases.npy").symlink_to(elsewhere)
    with pytest.raises(BundleError, match=r"'biases.npy' does not belong"):
        read_bundle(folder)
    link = tmp_path / "link"
    link.symlink_to(folder)
    for missing in (link, tmp_path / "nowhere", elsewhere):
        with pytest.raises(BundleError, match="no bundle"):
            read_bundle(missing)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda m: m.update(format=1), "format"),
        (lambda m: m.update(code="x"), "code"),
        (lambda m: m.pop("recipe"), "recipe"),
        (lambda m: m["recipe"].update(name="eese"), "unknown model 'eese'"),
        (lambda m: m["recipe"].update(name="os"), "unknown model 'os'"),
        (lambda m: m["recipe"]["config"].update(sedd=1), "sedd"),
        (lambda m: m["recipe"].update(name="ease", config={}), "cannot use it"),
        (lambda m: m["arrays"]["biases.npy"].update(dtype="|O"), "dtype"),
        (lambda m: m["arrays"]["biases.npy"].update(dtype="<f8"), "manifest describes"),
        (lambda m: m["arrays"]["biases.npy"].update(shape=[13]), "manifest describes"),
        (lambda m: m["arrays"]["biases.npy"].update(shape=[2] * 3), "shape"),
        (lambda m: m["arrays"].update({"../x.npy": m["arrays"]["biases.npy"]}), "missing"),
        (lambda m: m["arrays"].pop("biases.npy"), "not in the manifest"),
    ],
)
def test_a_manifest_that_says_otherwise_is_refused(folder, change, said):
    rewrite(folder, change)
    with pytest.raises(BundleError, match=said) as caught:
        read_bundle(folder)
    assert "\n" not in str(caught.value)


def spoil(folder, name, content):
    """Put other bytes in place of an array, with the right hash."""
    import hashlib

    (folder / name).write_bytes(content)
    digest = hashlib.sha256(content).hexdigest()
    rewrite(folder, lambda m: m["arrays"][name].update(sha256=digest))


def test_pickles_and_lying_headers_are_refused(folder, tmp_path):
    whole = (folder / "biases.npy").read_bytes()
    np.save(tmp_path / "o.npy", np.array([{}], dtype=object), allow_pickle=True)
    for content in (
        (tmp_path / "o.npy").read_bytes(),
        b"not an array",
        b"",
        whole + b"\0" * 4,
        whole[:-4],
        whole.replace(b"(14,)", b"(99,)"),
    ):
        spoil(folder, "biases.npy", content)
        with pytest.raises(BundleError, match=r"biases\.npy"):
            read_bundle(folder)


def test_a_bundle_can_be_moved(folder, tmp_path):
    bundle_id = read_bundle(folder).bundle_id
    folder.rename(tmp_path / "elsewhere")
    assert read_bundle(tmp_path / "elsewhere", bundle_id).bundle_id == bundle_id
