"""The history of a service's configurations."""

from sqlmodel import col, select

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from server.domain.services.configs import ProxyConfig
from tests.kit.browser import Browser


def test_every_version_is_kept_with_who_and_can_be_read(
    deps: Dependencies, acme: NewProvider, admin: Browser
) -> None:
    path = f"/services/{acme.sample.service.id}"
    admin.done(f"{path}/integration", api_test_path="/<second>")
    with deps.database.read() as db:
        newest = db.exec(select(ProxyConfig).order_by(col(ProxyConfig.id).desc())).first()
    assert newest is not None

    history = admin.page(f"{path}/configs/staging")
    document = admin.page(f"{path}/configs/staging/{newest.id}")

    assert history.index("Version 2") < history.index("Version 1")
    assert ">admin</td>" in history
    assert "running" in history
    assert "&#34;api_test_path&#34;: &#34;/&lt;second&gt;&#34;" in document
    assert "Put into production" in document
    assert admin.get(f"{path}/configs/production/{newest.id}").status_code == 404
    assert admin.get(f"{path}/configs/nowhere").status_code == 404
