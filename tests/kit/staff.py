"""The provider's side of a journey: an admin who works in the admin portal."""

from typing import Any
from urllib.parse import urlsplit

from tests.kit.browser import Browser, Page
from tests.kit.process import Gatehouse


class Staff:
    """Logs in once; each method does what a person would do on the screens."""

    def __init__(self, gatehouse: Gatehouse) -> None:
        self._start: dict[str, Any] = gatehouse.first_start
        self._browser = Browser.at(gatehouse.url)
        page = self._browser.open("/p/admin/login")
        page = self._browser.submit(page, "/login", **self._start["admin"])
        assert "/login" not in page.url, page.text

    @property
    def _service(self) -> str:
        return f"/p/admin/services/{self._start['service']['id']}"

    def plan(self, name: str) -> Page:
        """Open the page of an application plan."""
        index = self._browser.open(f"{self._service}/plans")
        return self._browser.open(index.value(f"//a[normalize-space()='{name}']/@href"))

    def plan_id(self, name: str) -> str:
        """Read the id of an application plan from its address."""
        return self.plan(name).url.rpartition("/")[2]

    def set_limit(self, plan: str, period: str, value: int) -> None:
        """Limit the first metric of a plan."""
        page = self.plan(plan)
        done = self._browser.submit(page, "/limits", period=period, value=str(value))
        assert "from the next call on" in done.text

    def move_application(self, event: str) -> None:
        """Suspend or resume the sample application."""
        path = f"/p/admin/applications/{self._start['sample']['application_id']}"
        self._browser.submit(self._browser.open(path), f"/{event}")

    def write_content(self) -> None:
        """Make something of every kind of content: a page has a version and a draft."""
        portal = "/p/admin/portal"
        page = self._browser.open(f"{portal}/sections/new")
        self._browser.submit(page, "/sections", title="Guides")
        page = self._browser.open(f"{portal}/templates/new?kind=page")
        page = self._browser.submit(page, "/templates", name="/first-steps", title="First steps")
        path = urlsplit(page.url).path
        for text in ("One step", "Two steps"):
            page = self._browser.submit(self._browser.open(path), path, draft=text)
            token = page.hidden(path)["csrf"]
            self._browser.post(f"{path}/publish", {"csrf": token})
        self._browser.submit(self._browser.open(path), path, draft="Three steps")
        page = self._browser.open(f"{portal}/redirects")
        self._browser.submit(page, "/redirects", source="/old", target="/docs")
        page = self._browser.open(f"{portal}/groups")
        self._browser.submit(page, "/groups", name="Partners")
        page = self._browser.open("/p/admin/domains")
        self._browser.submit(page, "/domains", name="dev.acme.example", serves="portal")
        page = self._browser.open("/p/admin/webhooks/new")
        page = self._browser.submit(page, "/webhooks", name="CRM", url="http://127.0.0.1:9/hooks")
        self._browser.submit(page, "/test")
        fields = self._browser.open(f"{portal}/files/new").hidden("/files")
        self._browser.client.post(
            f"{portal}/files",
            data={**fields, "path": "/notes.txt"},
            files={"attachment": ("notes.txt", b"Notes")},
        )

    def add_login(self) -> None:
        """Let developers log in by GitHub too."""
        path = "/p/admin/authentication_providers"
        given = {"kind": "github", "name": "GitHub", "client_id": "x", "client_secret": "x"}
        page = self._browser.open(f"{path}/new")
        self._browser.submit(page, path, **given, published="yes")

    def write_in_the_forum(self) -> None:
        """Switch the forum and the gallery on, with a category and a topic in it."""
        names = ("forum_enabled", "forum_public", "anonymous_posts_enabled", "app_gallery_enabled")
        self.choose(**dict.fromkeys(names, "yes"))
        page = self._browser.open("/p/admin/forum/categories")
        self._browser.submit(page, "/categories", name="Questions", description="About the API.")
        page = self._browser.open("/p/admin/forum/topics/new")
        page = self._browser.submit(page, "/topics", title="Welcome", body="Ask **anything**.")
        self._browser.submit(page, "/reply", body="> Ask anything.\n\n- `curl`\n- Python")

    def require_approval(self) -> None:
        """Have new accounts wait."""
        page = self._browser.open("/p/admin/settings")
        self._browser.submit(page, "/settings", account_approval_required="yes")

    def approve(self, org_name: str) -> None:
        """Let an account in."""
        index = self._browser.open("/p/admin/accounts")
        page = self._browser.open(index.value(f"//a[normalize-space()='{org_name}']/@href"))
        assert "approved" in self._browser.submit(page, "/approve").text

    def rename_key(self, name: str) -> Page:
        """Change the name of the credential and test staging."""
        page = self._browser.open(f"{self._service}/integration")
        return self._browser.submit(page, "/integration", auth_user_key=name)

    def promote(self) -> Page:
        """Promote what staging runs to production."""
        page = self._browser.open(f"{self._service}/integration")
        return self._browser.submit(page, "/promote")

    def mail_to(self, address: str, holding: str = "") -> str:
        """Read the newest kept mail to an address that holds a text; empty for none."""
        index = self._browser.open("/p/admin/mails")
        links = index.tree.xpath(f"//tr[contains(., '{address}')]//a/@href")
        mails = (self._browser.open(str(link)).text for link in links)
        return next((mail for mail in mails if holding in mail), "")

    def mount_backend(self) -> None:
        """Make a backend API with a rule and a method, and mount it in the first service."""
        page = self._browser.open("/p/admin/backend_apis/new")
        endpoint = "https://stock.example:8443"
        page = self._browser.submit(page, "/backend_apis", name="Stock", private_endpoint=endpoint)
        page = self._browser.submit(page, "/mapping_rules", pattern="/items")
        self._browser.submit(page, "/metrics", friendly_name="Items")
        page = self._browser.open(f"{self._service}/backends")
        self._browser.submit(page, "/backends", path="/stock")

    def create_service(self, name: str) -> None:
        """Offer another API."""
        page = self._browser.open("/p/admin/services/new")
        self._browser.submit(page, "/services", name=name)

    def choose(self, **settings: str) -> None:
        """Change settings of the portal."""
        page = self._browser.open("/p/admin/settings")
        assert "saved" in self._browser.submit(page, "/settings", **settings).text

    def choose_for_api(self, **settings: str) -> None:
        """Change settings of the sample API."""
        page = self._browser.open(f"{self._service}/settings")
        assert "saved" in self._browser.submit(page, "/settings", **settings).text

    def invite(self, email: str) -> None:
        """Invite somebody into the sample account."""
        page = self._browser.open(self._account)
        assert "invited" in self._browser.submit(page, "/invitations", email=email).text

    def add_user(self, username: str, password: str) -> None:
        """Add a user to the sample account."""
        page = self._browser.open(f"{self._account}/users/new")
        email = f"{username}@x.example"
        self._browser.submit(page, "/users", username=username, email=email, password=password)

    def remove_second_factors(self, username: str) -> str:
        """Let in by the password alone who has lost the rest; give what the page says then."""
        account = self._browser.open(self._account)
        link = f"//a[@aria-label='Edit {username}']/@href"
        page = self._browser.open(account.value(link))
        return self._browser.submit(page, "/remove_second_factors").text

    @property
    def _account(self) -> str:
        return f"/p/admin/accounts/{self._start['sample']['account_id']}"
