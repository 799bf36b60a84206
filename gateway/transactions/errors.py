"""Every `<error>` of the Service Management API, with status, code and message.

Source: service-management-api 5.
"""


class WireError(Exception):
    """A request that cannot be answered with a status; raised inside, written at the edge."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message


class BareRefusal(Exception):
    """A request that is refused without a word: only a status, no body."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


def bad_escape() -> WireError:
    """Answer for a percent sign without two hexadecimal digits."""
    return WireError(400, "bad_request", "Invalid query parameters: invalid %-encoding")


def bad_syntax() -> WireError:
    """Answer for parameters or a body that contradict themselves."""
    message = "request contains syntax errors, should not be repeated without modification"
    return WireError(400, "bad_request", message)


def not_valid_data() -> WireError:
    """Answer for text that is not UTF-8."""
    return WireError(422, "not_valid_data", "all data must be valid UTF8")


def body_too_large(most_bytes: int) -> WireError:
    """Answer for a report that does not fit; ours alone, the reference has no bound."""
    message = f"the body must not be larger than {most_bytes} bytes"
    return WireError(413, "content_too_large", message)


def content_type_invalid(content_type: str) -> WireError:
    """Answer for a body that is not a form."""
    return WireError(400, "content_type_invalid", f"invalid Content-Type: {content_type}")


def credential_required() -> WireError:
    """Answer for a request without provider key and service token."""
    message = "Provider key or service token are required"
    return WireError(403, "provider_key_or_service_token_required", message)


def provider_key_invalid(key: str) -> WireError:
    """Answer for a provider key of nobody's."""
    return WireError(403, "provider_key_invalid", f'provider key "{key}" is invalid')


def provider_key_or_service_missing(key: str) -> WireError:
    """Answer when a provider key alone leads to no service."""
    message = f'provider key "{key}" invalid and/or service ID missing'
    return WireError(403, "provider_key_invalid_or_service_missing", message)


def service_token_invalid(token: str, service_id: str) -> WireError:
    """Answer for a token that is not this service's."""
    message = f'service token "{token}" or service id "{service_id}" is invalid'
    return WireError(403, "service_token_invalid", message)


def service_id_missing() -> WireError:
    """Answer for a service token without its service."""
    return WireError(422, "service_id_missing", "Service ID is missing")


def service_id_invalid(service_id: str) -> WireError:
    """Answer for a service that is unknown or another provider's."""
    return WireError(403, "service_id_invalid", f'service id "{service_id}" is invalid')


def application_not_found(application_id: str | None) -> WireError:
    """Answer for an `app_id` that is missing or unknown."""
    message = "application id is missing"
    if application_id is not None:
        message = f'application with id="{application_id}" was not found'
    return WireError(404, "application_not_found", message)


def user_key_invalid(user_key: str | None) -> WireError:
    """Answer for a `user_key` that is missing or unknown."""
    message = "user key is missing" if user_key is None else f'user key "{user_key}" is invalid'
    return WireError(403, "user_key_invalid", message)


def authentication_error() -> WireError:
    """Answer for two kinds of credentials at once."""
    message = "either app_id or user_key is allowed, not both"
    return WireError(403, "authentication_error", message)


def end_users_unsupported() -> WireError:
    """Answer for a `user_id`."""
    message = "End-users are no longer supported, do not specify the user_id parameter"
    return WireError(400, "end_users_no_longer_supported", message)


def metric_invalid(metric: str) -> WireError:
    """Answer for usage of a metric that the service does not have."""
    return WireError(404, "metric_invalid", f'metric "{metric}" is invalid')


def usage_value_invalid(metric: str, value: str) -> WireError:
    """Answer for usage that is no number."""
    message = f'usage value "{value}" for metric "{metric}" is invalid'
    if not value:
        message = f'usage value for metric "{metric}" can not be empty'
    return WireError(403, "usage_value_invalid", message)


def transactions_blank() -> WireError:
    """Answer for a report without transactions."""
    return WireError(400, "transactions_is_blank", "transactions parameter is blank")


def transactions_format_invalid() -> WireError:
    """Answer for transactions that are not a hash of hashes."""
    return WireError(400, "transactions_format_invalid", "transactions format is invalid")


def transactions_nil() -> WireError:
    """Answer for an index without a transaction."""
    message = "transactions has a nil transaction"
    return WireError(400, "transactions_has_nil_transaction", message)


def timestamp_too_old(most_s: int) -> WireError:
    """Stored for a report of too long ago."""
    message = f"reporting transactions older than {most_s} seconds is not allowed"
    return WireError(403, "transaction_timestamp_too_old", message)


def timestamp_too_new(most_s: int) -> WireError:
    """Stored for a report of the future."""
    message = f"reporting transactions more than {most_s} seconds in the future is not allowed"
    return WireError(403, "transaction_timestamp_too_new", message)
