"""Who calls, about which service, for which application. Source: service-management-api 3."""

from gateway.directory import (
    Application,
    Credential,
    Directory,
    Provider,
    Service,
    find_application,
    is_askable,
)
from gateway.transactions.errors import (
    application_not_found,
    authentication_error,
    credential_required,
    end_users_unsupported,
    provider_key_invalid,
    provider_key_or_service_missing,
    service_id_invalid,
    service_id_missing,
    service_token_invalid,
    user_key_invalid,
)
from gateway.transactions.params import Hash, find_text

USER_KEY_VERSION = "1"  # of a service's `backend_version`; all others take app_id
MOST_ID = 2**31 - 1  # of a service, so that any database can compare it


async def get_tenant(directory: Directory, values: Hash) -> Provider | None:
    """Check the tenant's credential; None stands for a service token that fits its service.

    Raises: WireError. A provider key wins over a service token.
    """
    provider_key = find_text(values, "provider_key")
    token = find_text(values, "service_token")
    service_id = find_text(values, "service_id")
    if provider_key is not None:
        provider = None
        if is_askable(provider_key):
            provider = await directory.provider_by_key(provider_key)
        if provider is None and service_id is None:
            raise provider_key_or_service_missing(provider_key)
        if provider is None:
            raise provider_key_invalid(provider_key)
        return provider
    if token is None:
        raise credential_required()
    if service_id is None:
        raise service_id_missing()
    number = find_service_number(service_id)
    if (
        number is None
        or not is_askable(token)
        or not await directory.service_token_matches(number, token)
    ):
        raise service_token_invalid(token, service_id)
    return None


async def get_service(directory: Directory, values: Hash, provider: Provider | None) -> Service:
    """Find the service, of the tenant that `get_tenant` found. Raises: WireError."""
    text = find_text(values, "service_id")
    if provider is None:
        number = find_service_number(text or "")
    elif text is None:
        number = provider.default_service_id
        if number is None:
            raise provider_key_or_service_missing(find_text(values, "provider_key") or "")
    else:
        number = find_service_number(text)
        if number not in provider.service_ids:
            number = None
    service = None if number is None else await directory.service(number)
    if service is None:
        raise service_id_invalid(text or str(number))
    return service


async def get_application(
    directory: Directory, values: Hash, service: Service, *, oauth: bool
) -> Application:
    """Find the application by the credential that the service asks for. Raises: WireError.

    The `oauth` addresses want an `app_id` before all else, whatever the service asks for.
    """
    if oauth and find_text(values, "app_id") is None:
        raise application_not_found(None)
    app_id, user_key = _parse_credentials(values)
    if service.backend_version == USER_KEY_VERSION:
        return await _get_by_user_key(directory, service, user_key)
    return await _get_by_app_id(directory, service, app_id)


async def get_reported_application(
    directory: Directory, values: Hash, service: Service
) -> Application:
    """Find the application of a reported transaction: either credential will do.

    Raises: WireError.
    """
    app_id, user_key = _parse_credentials(values)
    lacking_both = app_id is None and user_key is None
    if user_key is not None or (lacking_both and service.backend_version == USER_KEY_VERSION):
        return await _get_by_user_key(directory, service, user_key)
    return await _get_by_app_id(directory, service, app_id)


def refuse_end_users(values: Hash) -> None:
    """Refuse what names a `user_id`, even a blank one. Raises: WireError."""
    if values.get("user_id") is not None:
        raise end_users_unsupported()


def find_service_number(text: str) -> int | None:
    """Read a service id; of `foo-1001` what follows the last hyphen counts."""
    digits = text.rpartition("-")[2]
    is_number = digits.isascii() and digits.isdecimal() and len(digits) <= len(str(MOST_ID))
    return int(digits) if is_number and int(digits) <= MOST_ID else None


def _parse_credentials(values: Hash) -> tuple[str | None, str | None]:
    app_id, user_key = find_text(values, "app_id"), find_text(values, "user_key")
    if app_id is not None and user_key is not None:
        raise authentication_error()
    return app_id, user_key


async def _get_by_user_key(
    directory: Directory, service: Service, user_key: str | None
) -> Application:
    application = None
    if user_key is not None:
        credential = Credential("user_key", user_key)
        application = await find_application(directory, service.id, credential)
    if application is None:
        raise user_key_invalid(user_key)
    return application


async def _get_by_app_id(directory: Directory, service: Service, app_id: str | None) -> Application:
    application = None
    if app_id is not None:
        credential = Credential("app_id", app_id)
        application = await find_application(directory, service.id, credential)
    if application is None:
        raise application_not_found(app_id)
    return application
