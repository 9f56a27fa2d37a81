"""Settings of the tests: the site's own, in data folders and databases that belong to this run alone.

The test cluster lies in `$RENDA_TEST_DATA/cluster` (default: `test` in the data folder) and is kept between runs. Each run has a
number, each worker of a run a data folder and a database of its own, so that several runs may share the cluster.
"""

import os

from renda.core.datafolder import data_folder, private_folder
from renda.core.embedded import Cluster

os.environ.setdefault("RENDA_TEST_DATA", str(data_folder() / "test"))
os.environ.setdefault("RENDA_TEST_RUN", str(os.getpid()))
os.environ.pop("RENDA_NOW", None)
# Playwright's loop runs in the test's own thread; the tests use the ORM beside it on purpose.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

HOME = private_folder(type(data_folder())(os.environ["RENDA_TEST_DATA"]))
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
RUN = os.environ["RENDA_TEST_RUN"]
CLUSTER = Cluster(HOME / "cluster", durable=False)
TEST_DATABASE = f"t_{RUN}_{WORKER}"
os.environ["RENDA_DATA"] = str(private_folder(HOME / f"data-{WORKER}"))
_connection = CLUSTER.connection(TEST_DATABASE)
os.environ["DATABASE_URL"] = "postgresql:///{dbname}?host={host}&port={port}&user={user}&password={password}".format(
    **{name: value.replace("%", "%25").replace(" ", "%20").replace("&", "%26") for name, value in _connection.items()}
)

from renda.settings import *  # noqa: E402, F403
from renda.settings import DATABASES  # noqa: E402

DATABASES["default"]["CONN_MAX_AGE"] = 0
DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
DATABASES["default"]["TEST"] = {"NAME": TEST_DATABASE}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
