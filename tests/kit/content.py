"""One of each content of the portal."""

from server.actions.portal.files import add_file
from server.actions.portal.groups import GROUPS
from server.actions.portal.pages import TEMPLATES, save_template
from server.actions.portal.publishing import list_versions, publish_template
from server.actions.portal.redirects import REDIRECTS
from server.actions.portal.sections import SECTIONS
from server.actions.provider.domains import DOMAINS
from server.actions.work import Work


def make_content(work: Work) -> dict[str, object]:
    """Make one of each, and name them as the paths of the admin portal do."""
    page = TEMPLATES.create(work, {"kind": "page", "name": "/new", "draft": "One"})
    publish_template(work, page.id)
    save_template(work, page.id, {"draft": "Two"})
    return {
        "template_id": page.id,
        "version_id": list_versions(work, page.id)[0].id,
        "section_id": SECTIONS.create(work, {"title": "Guides"}).id,
        "file_id": add_file(work, {"path": "/logo.png"}, b"png").id,
        "redirect_id": REDIRECTS.create(work, {"source": "/old", "target": "/new"}).id,
        "domain_id": DOMAINS.create(work, {"name": "dev.acme.example", "serves": "portal"}).id,
        "group_id": GROUPS.create(work, {"name": "Partners"}).id,
    }
