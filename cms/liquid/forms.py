"""Where each named form goes. Source: reference-portal 2.6."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cms.liquid.errors import TemplateError

SECURITY = "/admin/account/personal_details/security"
TOKENS = "/admin/account/personal_details/tokens"
KEPT_AT = "kept_at"  # where a form was sent whose session had ended


@dataclass(frozen=True, slots=True)
class FormTarget:
    """The method and path of a form; `{url}` is the address of the object it is about."""

    method: str
    path: str
    copied: tuple[str, ...] = field(default=())  # parameters of the page that travel along
    elsewhere: str = ""  # the parameter that tells another path, on some pages
    of_service: bool = False  # the address names the API of the object, when there is one
    has_terms: bool = False  # is refused while a legal text of the page is not accepted
    has_captcha: bool = False  # for those not logged in: robots are kept off where that is wanted

    @property
    def only_asks(self) -> bool:
        """Return whether it changes nothing, so that its fields may stand in the address."""
        return self.method == "get"


FORMS: Mapping[str, FormTarget] = {
    "signup": FormTarget("post", "/signup", ("plan_ids[]",), has_terms=True, has_captcha=True),
    "login": FormTarget("post", "/session", ("return_to", "kept_form"), KEPT_AT, has_captcha=True),
    "login.passkey": FormTarget("post", "/login/passkey", ("return_to",)),
    "login.code": FormTarget("post", "/login/second_step", ("return_to", "kept_form"), KEPT_AT),
    "login.second_passkey": FormTarget(
        "post", "/login/second_step", ("return_to", "kept_form"), KEPT_AT
    ),
    "logout": FormTarget("post", "/logout"),
    "activation.confirm": FormTarget("post", "{url}"),
    "activation.resend": FormTarget("post", "/activate", has_captcha=True),
    "access_code": FormTarget("post", "/access_code", ("return_to",), has_captcha=True),
    "invitation_signup": FormTarget("post", "{accept_url}"),
    "identity.signup": FormTarget("post", "{url}"),
    "identity.connect": FormTarget("post", "{url}"),
    "identity.disconnect": FormTarget("delete", "{url}"),
    "invitation.create": FormTarget("post", "/admin/account/invitations"),
    "invitation.resend": FormTarget("put", "{resend_url}"),
    "invitation.delete": FormTarget("delete", "{url}"),
    "user.edit": FormTarget("put", "{url}"),
    "user.delete": FormTarget("delete", "{url}"),
    "user.suspend": FormTarget("put", "{suspend_url}"),
    "user.unsuspend": FormTarget("put", "{unsuspend_url}"),
    "password_reset": FormTarget("post", "/admin/account/password", has_captcha=True),
    "password_change": FormTarget("put", "/admin/account/password", ("password_reset_token",)),
    "application.create": FormTarget(
        "post", "/admin/applications", of_service=True, has_terms=True
    ),
    "application.update": FormTarget("put", "{url}"),
    "application.updateremote": FormTarget("put", "{url}"),
    "application.delete": FormTarget("delete", "{url}"),
    "application.regenerate_user_key": FormTarget("put", "{url}/user_key"),
    "application.end_old_user_key": FormTarget("delete", "{url}/user_key"),
    "application_key.regenerate": FormTarget("put", "{url}/regenerate"),
    "application_key.create": FormTarget("post", "{url}/keys"),
    "application_key.delete": FormTarget("delete", "{url}"),
    "referrer_filter.create": FormTarget("post", "{referrer_filters_url}"),
    "referrer_filter.createremote": FormTarget("post", "{referrer_filters_url}"),
    "referrer_filter.delete": FormTarget("delete", "{delete_url}"),
    "subscription.create": FormTarget("post", "/admin/service_contracts", has_terms=True),
    "subscription.change": FormTarget("put", "{change_plan_url}"),
    "subscription.delete": FormTarget("delete", "{url}"),
    "plan.change": FormTarget("put", "/buyer/account_contract"),
    "contract.create": FormTarget("put", "{change_plan_url}"),
    "search": FormTarget("get", "/search"),
    "message.create": FormTarget("post", "/admin/messages/sent"),
    "message.reply": FormTarget("post", "/admin/messages/received"),
    "message.delete": FormTarget("delete", "{url}"),
    "message.restore": FormTarget("put", "{url}"),
    "messages.empty_trash": FormTarget("delete", "/admin/messages/trash/empty"),
    "topic.create": FormTarget("post", "/forum/topics"),
    "topic.reply": FormTarget("post", "{url}/posts"),
    "topic.subscribe": FormTarget("post", "{subscription_url}"),
    "topic.unsubscribe": FormTarget("delete", "{subscription_url}"),
    "post.update": FormTarget("put", "{url}"),
    "post.delete": FormTarget("delete", "{url}"),
    "gallery.ask": FormTarget("put", "{url}/gallery"),
    "gallery.withdraw": FormTarget("delete", "{url}/gallery"),
    "alert.read": FormTarget("put", "{read_alert_url}"),
    "alert.delete": FormTarget("delete", "{delete_alert_url}"),
    "alerts.read_all": FormTarget("put", "{mark_alerts_as_read_url}"),
    "alerts.purge": FormTarget("delete", "{purge_alerts_url}"),
    "account.personal_details": FormTarget("put", "/admin/account"),
    "user.personal_details": FormTarget("put", "/admin/account/personal_details"),
    "user.notifications": FormTarget("put", "/admin/account/personal_details/notifications"),
    "notification.leave": FormTarget("post", "{url}"),
    "user.password": FormTarget("put", "/admin/account/personal_details/password"),
    "authenticator.create": FormTarget("post", f"{SECURITY}/authenticator"),
    "authenticator.confirm": FormTarget("put", f"{SECURITY}/authenticator"),
    "authenticator.delete": FormTarget("delete", f"{SECURITY}/authenticator"),
    "passkey.create": FormTarget("post", f"{SECURITY}/passkeys"),
    "passkey.confirm": FormTarget("put", f"{SECURITY}/passkeys"),
    "passkey.delete": FormTarget("delete", "{url}"),
    "recovery_codes.create": FormTarget("post", f"{SECURITY}/recovery_codes"),
    "access_token.create": FormTarget("post", TOKENS),
    "access_token.delete": FormTarget("delete", "{url}"),
}


def get_form_target(name: str, about: object) -> tuple[FormTarget, str]:
    """Find a form and its path. Raises: TemplateError for an unknown one or a missing object."""
    target = FORMS.get(name)
    if target is None:
        raise TemplateError(f"There is no form '{name}'.")
    if target.of_service:
        return target, target.path + _service_of(about)
    if "{" not in target.path:
        return target, target.path
    if not isinstance(about, Mapping):
        raise TemplateError(f"The form '{name}' needs the object that it is about.")
    return target, target.path.format_map(about)


def _service_of(about: object) -> str:
    """Name the API of an application that is to be made, or an API itself."""
    service = about.get("service", about) if isinstance(about, Mapping) else None
    number = service.get("id") if isinstance(service, Mapping) else None
    return f"?service_id={number}" if isinstance(number, int) else ""
