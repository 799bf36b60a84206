"""A real Tomcat with one page that costs something, to hold our reading of paths to its own."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.kit.services import accepts_connections, free_port, program, stop, wait_until

PAID = "the paid page"
FREE = "the free page"
SERVER_XML = """<Server port="-1"><Service name="Catalina">
<Connector port="{port}" address="127.0.0.1" protocol="HTTP/1.1"/>
<Engine name="Catalina" defaultHost="localhost">
<Host name="localhost" appBase="webapps" autoDeploy="false"/>
</Engine></Service></Server>
"""
WEB_XML = """<web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
<servlet><servlet-name>default</servlet-name>
<servlet-class>org.apache.catalina.servlets.DefaultServlet</servlet-class></servlet>
<servlet-mapping><servlet-name>default</servlet-name><url-pattern>/</url-pattern></servlet-mapping>
<welcome-file-list><welcome-file>index.html</welcome-file></welcome-file-list>
</web-app>
"""


def is_installed() -> bool:
    """Tell whether Debian's `tomcat10-user` is here."""
    return shutil.which("tomcat10-instance-create") is not None


@contextmanager
def running_tomcat(folder: Path) -> Iterator[str]:
    """Start a Tomcat in a new folder; gives its address."""
    home, port = folder / "tomcat", free_port()
    make = [program("tomcat10-instance-create"), "-p", str(port), str(home)]
    subprocess.run(make, check=True, capture_output=True)
    (home / "conf" / "server.xml").write_text(SERVER_XML.format(port=port))
    (home / "conf" / "web.xml").write_text(WEB_XML)
    root = home / "webapps" / "ROOT"
    shutil.rmtree(root, ignore_errors=True)
    for page, text in (("", FREE), ("paid", PAID)):
        (root / page).mkdir(parents=True)
        (root / page / "index.html").write_text(text)
    with (home / "output.log").open("wb") as log:
        process = subprocess.Popen(
            ["/usr/share/tomcat10/bin/catalina.sh", "run"],
            env={"CATALINA_BASE": str(home), "CATALINA_HOME": "/usr/share/tomcat10",
                 "PATH": "/usr/bin:/bin", "JAVA_OPTS": "-Xmx128m -XX:TieredStopAtLevel=1"},
            stdout=log,
            stderr=log,
        )  # fmt: skip
        try:
            wait_until(lambda: accepts_connections(port), process)
            yield f"http://127.0.0.1:{port}"
        finally:
            stop(process)
