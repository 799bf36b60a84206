"""Who calls, about which service, for which application. Source: service-management-api 3."""

from gateway.directory import Application, Directory, Provider, Service
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
from gateway.transactions.params import Hash, text_of

USER_KEY_VERSION = "1"  # of a service's `backend_version`; all others take app_id
LONGEST_CREDENTIAL = 1024  # no directory is asked for longer ones
MOST_ID = 2**31 - 1  # of a service, so that any database can compare it


async def tenant_of(directory: Directory, values: Hash) -> Provider | None:
    """Check the tenant's credential; None stands for a service token that fits its service.

    Raises: WireError. A provider key wins over a service token.
    """
    provider_key = text_of(values, "provider_key")
    token = text_of(values, "service_token")
    service_id = text_of(values, "service_id")
    if provider_key is not None:
        provider = None
        if _is_askable(provider_key):
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
    number = service_number(service_id)
    if (
        number is None
        or not _is_askable(token)
        or not await directory.service_token_matches(number, token)
    ):
        raise service_token_invalid(token, service_id)
    return None


async def service_of(directory: Directory, values: Hash, provider: Provider | None) -> Service:
    """Find the service, of the tenant that `tenant_of` found. Raises: WireError."""
    text = text_of(values, "service_id")
    if provider is None:
        number = service_number(text or "")
    elif text is None:
        number = provider.default_service_id
        if number is None:
            raise provider_key_or_service_missing(text_of(values, "provider_key") or "")
    else:
        number = service_number(text)
        if number not in provider.service_ids:
            number = None
    service = None if number is None else await directory.service(number)
    if service is None:
        raise service_id_invalid(text or str(number))
    return service


async def application_of(directory: Directory, values: Hash, service: Service) -> Application:
    """Find the application by the credential that the service asks for. Raises: WireError."""
    app_id, user_key = _credentials_of(values)
    if service.backend_version == USER_KEY_VERSION:
        return await _by_user_key(directory, service, user_key)
    return await _by_app_id(directory, service, app_id)


async def reported_application_of(
    directory: Directory, values: Hash, service: Service
) -> Application:
    """Find the application of a reported transaction: either credential will do.

    Raises: WireError.
    """
    app_id, user_key = _credentials_of(values)
    lacking_both = app_id is None and user_key is None
    if user_key is not None or (lacking_both and service.backend_version == USER_KEY_VERSION):
        return await _by_user_key(directory, service, user_key)
    return await _by_app_id(directory, service, app_id)


def refuse_end_users(values: Hash) -> None:
    """Refuse what names a `user_id`. Raises: WireError."""
    if text_of(values, "user_id") is not None:
        raise end_users_unsupported()


def service_number(text: str) -> int | None:
    """Read a service id; of `foo-1001` what follows the last hyphen counts."""
    digits = text.rpartition("-")[2]
    is_number = digits.isascii() and digits.isdecimal() and len(digits) <= len(str(MOST_ID))
    return int(digits) if is_number and int(digits) <= MOST_ID else None


def _credentials_of(values: Hash) -> tuple[str | None, str | None]:
    app_id, user_key = text_of(values, "app_id"), text_of(values, "user_key")
    if app_id is not None and user_key is not None:
        raise authentication_error()
    return app_id, user_key


async def _by_user_key(directory: Directory, service: Service, user_key: str | None) -> Application:
    application = None
    if user_key is not None and _is_askable(user_key):
        application = await directory.application_by_user_key(service.id, user_key)
    if application is None:
        raise user_key_invalid(user_key)
    return application


async def _by_app_id(directory: Directory, service: Service, app_id: str | None) -> Application:
    application = None
    if app_id is not None and _is_askable(app_id):
        application = await directory.application_by_app_id(service.id, app_id)
    if application is None:
        raise application_not_found(app_id)
    return application


def _is_askable(text: str) -> bool:
    """Tell whether a directory may be asked: not too long, and without what databases refuse."""
    return len(text) <= LONGEST_CREDENTIAL and "\0" not in text
