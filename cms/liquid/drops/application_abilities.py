"""What a developer may do with an application, and where."""

from cms.liquid.drops.drop import Drop
from server.actions.applications.referrer_filters import may_edit_filters
from server.domain.applications.applications import MOST_KEYS, Application
from server.domain.services.services import Service


class AbilitiesDrop(Drop[Application]):
    """What a developer may do with an application.

    Example: {% if application.can.be_updated? %}<a href="{{ application.edit_url }}">Edit</a>
    {% endif %}
    """

    shows = (
        "be_updated?",
        "be_destroyed?",
        "regenerate_user_key?",
        "regenerate_oauth_secret?",
        "manage_keys?",
        "add_application_keys?",
        "delete_key?",
        "add_referrer_filters?",
    )

    @property
    def be_updated(self) -> bool:
        """Return whether its texts may be changed."""
        return self._service.buyers_manage_apps and self._may_edit

    @property
    def be_destroyed(self) -> bool:
        """Return whether it may be deleted."""
        return self.be_updated

    @property
    def regenerate_user_key(self) -> bool:
        """Return whether its user_key may be replaced."""
        service = self._service
        is_offered = service.backend_version == "1" and service.buyer_key_regenerate_enabled
        return is_offered and self._may_edit

    @property
    def regenerate_oauth_secret(self) -> bool:
        """Return whether its secret may be replaced: it has none."""
        return False

    @property
    def manage_keys(self) -> bool:
        """Return whether app_keys may be added and deleted."""
        is_offered = self._service.backend_version == "2" and self._service.buyers_manage_keys
        return is_offered and self._may_edit

    @property
    def add_application_keys(self) -> bool:
        """Return whether another app_key may be added."""
        return self.manage_keys and self._count < MOST_KEYS

    @property
    def delete_key(self) -> bool:
        """Return whether an app_key may be deleted: the last one stays where the API wants one."""
        return self.manage_keys and self._count > int(self._service.mandatory_app_key)

    @property
    def add_referrer_filters(self) -> bool:
        """Return whether referrer filters may be added and deleted."""
        return may_edit_filters(self._service) and self._may_edit

    @property
    def _may_edit(self) -> bool:
        """Return whether who looks may change anything of his account's."""
        return self.data.role != "member"

    @property
    def _service(self) -> Service:
        return self.data.row(Service, self.model.service_id)

    @property
    def _count(self) -> int:
        return len(self.data.application_rows.keys(self.model)) if self.model.id else 0


class OauthDrop(Drop[Application]):
    """Where the secret of an application is made and replaced.

    Example: {{ application.oauth.create_secret_url }}
    """

    shows = ("create_secret_url", "regenerate_secret_url")

    @property
    def create_secret_url(self) -> str:
        """What makes a secret."""
        return f"/admin/applications/{self.model.id}/keys"

    @property
    def regenerate_secret_url(self) -> str:
        """What replaces the secret; empty while there is none."""
        keys = self.data.application_rows.keys(self.model)
        return f"{self.create_secret_url}/{keys[0].id}" if keys else ""
