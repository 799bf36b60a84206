"""The URL table of the admin portal: what the areas tell of their pages, joined."""

from functools import partial

from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from server.admin.accounts import passwords, sessions, staff_links, staff_logins
from server.admin.accounts.routes import ADDRESSES as ACCOUNTS
from server.admin.analytics.routes import ADDRESSES as ANALYTICS
from server.admin.applications.routes import ADDRESSES as APPLICATIONS
from server.admin.context import HOME, AdminContext
from server.admin.messages import notifications
from server.admin.messages.routes import ADDRESSES as MESSAGES
from server.admin.page_face import AdminPages
from server.admin.plans.routes import ADDRESSES as PLANS
from server.admin.portal.routes import ADDRESSES as PORTAL
from server.admin.provider import api_reference, dashboard
from server.admin.provider.routes import ADDRESSES as PROVIDER
from server.admin.render import STATIC
from server.admin.services.routes import ADDRESSES as SERVICES
from server.auth.dependencies import Dependencies
from server.domain.errors import NotFound
from server.kit.fingerprints import fingerprint
from server.web.headers import Files
from server.web.pages import Handler, PageServer, SignIn, in_transaction

# An earlier path wins over a later one: accounts end in one that takes any verb.
AREAS = (APPLICATIONS, ACCOUNTS, MESSAGES, SERVICES, PLANS, ANALYTICS, PORTAL, PROVIDER)
SHOWN = (
    ("", dashboard.show),
    ("/", dashboard.show),
    *(row for area in AREAS for row in area.shown),
)
OPENED = tuple(row for area in AREAS for row in area.opened)
FILES = tuple(row for area in AREAS for row in area.files)
SENT = tuple(row for area in AREAS for row in area.sent)
SLOW = tuple(row for area in AREAS for row in area.slow)
NOTED = {page: opens for area in AREAS for page, opens in area.noted.items()}
LARGE = frozenset(path for area in AREAS for path in area.large)


def routes(deps: Dependencies) -> list[BaseRoute]:
    serve = PageServer(deps, AdminPages(), SignIn(sessions.check, sessions.login_form)).endpoint
    shown = [
        *(
            (path, Handler(NOTED.get(page) or in_transaction(page)))
            for path, page in (*SHOWN, *FILES)
        ),
        ("/login", Handler(sessions.show)),
        ("/sso", Handler(staff_links.create)),
        ("/auth/{system_name}", Handler(staff_logins.start)),
        ("/auth/{system_name}/callback", Handler(staff_logins.callback)),
        ("/leave_mail/{code}", Handler(in_transaction(notifications.ask, login_needed=False))),
        ("/password", Handler(passwords.show)),
        *((path, Handler(page)) for path, page in OPENED),
    ]
    sent = [
        *((path, Handler(page, retry, is_large=path in LARGE)) for path, page, retry in SLOW),
        *(
            (path, Handler(in_transaction(page), retry, is_large=path in LARGE))
            for path, page, retry in SENT
        ),
        ("/login", Handler(sessions.create)),
        ("/leave_mail/{code}", Handler(in_transaction(notifications.leave, login_needed=False))),
        ("/logout", Handler(sessions.destroy)),
        ("/password", Handler(passwords.ask)),
        ("/password/new", Handler(passwords.update)),
    ]
    rest = serve({"GET": Handler(in_transaction(_nothing))})
    return [
        *api_reference.files(),
        Mount(f"{HOME}/static", Files(STATIC, partial(fingerprint, STATIC))),
        *(Route(f"{HOME}{path}", serve({"GET": page}), methods=["GET"]) for path, page in shown),
        *(Route(f"{HOME}{path}", serve({"POST": form}), methods=["POST"]) for path, form in sent),
        Route(HOME + "/{rest:path}", rest, methods=["GET"]),
    ]


def _nothing(ctx: AdminContext) -> Response:
    raise NotFound(f"There is no page {ctx.path}.")
