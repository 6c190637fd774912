import multiprocessing
import os
from pathlib import Path

import dj_database_url
import psycopg.conninfo
import pytest

from commons.embedded import addresses
from commons.exceptions import Refused


@pytest.mark.parametrize("folder", ["/srv/data", "/srv/My Data/Registry", "/srv/ünïcode/100%", "/srv/a:b@c?d#e"])
def test_database_url_leads_to_the_folder_whatever_its_name(folder):
    url = addresses.database_url(Path(folder))
    sockets = f"{folder}/sockets"
    assert dj_database_url.parse(url)["HOST"] == sockets
    assert dj_database_url.parse(url)["NAME"] == "app"
    assert psycopg.conninfo.conninfo_to_dict(url)["host"] == sockets


def test_socket_folder_is_in_the_data_folder():
    assert addresses.socket_folder(Path("/srv/data")) == Path("/srv/data/sockets")


def test_socket_folder_of_a_long_path_is_short_and_its_own():
    one, other = (addresses.socket_folder(Path("/srv") / (name * 60) / "data") for name in ("ab", "cd"))
    assert one != other
    assert len(str(addresses.postgresql_socket(Path("/srv") / ("ab" * 60) / "data"))) < 100


def test_secret_key_is_made_once_and_is_private(tmp_path):
    key = addresses.secret_key(tmp_path / "new")
    assert len(key) > 50
    assert addresses.secret_key(tmp_path / "new") == key
    assert (tmp_path / "new" / "secret-key").stat().st_mode & 0o777 == 0o600


def test_secret_key_is_the_same_for_processes_that_ask_at_once(tmp_path):
    with multiprocessing.get_context("spawn").Pool(4) as pool:
        assert len(set(pool.map(addresses.secret_key, [tmp_path] * 40))) == 1
    assert os.listdir(tmp_path) == ["secret-key"], "no draft is left"


def test_secret_key_of_an_unwritable_folder_is_refused_in_a_sentence(tmp_path):
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(Refused, match=r"cannot be written \(Not a directory\): make it writable, or name another"):
        addresses.secret_key(file / "data")
