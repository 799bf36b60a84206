"""What an area tells of its pages: which address leads to which function."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from server.admin.context import AdminContext
from server.admin.page_face import AdminPage
from server.web.pages import RequestPage

ACCOUNT = "/accounts/{account_id}"
APPLICATION = "/applications/{application_id}"
SERVICE = "/services/{service_id}"

Noted = Mapping[AdminPage, RequestPage[AdminContext]]


@dataclass(frozen=True, slots=True)
class Addresses:
    """One area's part of the URL table; in each list an earlier path wins over a later one."""

    shown: tuple[tuple[str, AdminPage], ...] = ()
    # The same, of pages that note that they were opened.
    opened: tuple[tuple[str, RequestPage[AdminContext]], ...] = ()
    # What a page offers for download, or shows in a frame.
    files: tuple[tuple[str, AdminPage], ...] = ()
    # Path, what the form does, and the page that shows the form again when it is refused.
    sent: tuple[tuple[str, AdminPage, AdminPage], ...] = ()
    # The same, of what opens its transactions itself: something slow is done between them.
    slow: tuple[tuple[str, RequestPage[AdminContext], AdminPage], ...] = ()
    # What notes that it was shown, in a transaction of its own.
    noted: Noted = field(default_factory=dict)
    large: tuple[str, ...] = ()  # forms that hold documents and files
