"""Why calls are refused, in words for providers and developers; the codes are the gateway's."""

from collections.abc import Mapping
from dataclasses import dataclass

NOBODY = 0  # stands for the application of calls that name none that is known


@dataclass(frozen=True, slots=True)
class Reason:
    """What a code means and what helps; `told_as` names the service's own text and status."""

    title: str
    hint: str
    told_as: str = "auth_failed"


REASONS: Mapping[str, Reason] = {
    "limits_exceeded": Reason(
        "Limit used up",
        "A limit of the plan is used up. Calls are let in again when its time starts anew.",
        "limits_exceeded",
    ),
    "metric_disabled": Reason(
        "Not in the plan", "The plan gives nothing of what the call counts for."
    ),
    "application_not_found": Reason(
        "Unknown key", "No application of the API has the key or application id that was sent."
    ),
    "application_key_invalid": Reason(
        "Wrong application key", "The application id is known, the application key is not its own."
    ),
    "application_not_active": Reason(
        "Application not active",
        "The application or its account is suspended or waits for approval.",
    ),
    "service_not_active": Reason("API offline", "The API is switched off."),
    "referrer_not_allowed": Reason(
        "Referrer not allowed", "The application may be called from other sites only."
    ),
    "auth_missing": Reason(
        "No key", "The call has no credentials where the API expects them.", "auth_missing"
    ),
    "no_match": Reason(
        "No mapping rule", "No mapping rule of the API matches method and path.", "no_match"
    ),
    "metric_invalid": Reason(
        "Metric is gone", "A mapping rule counts for a metric that the API no longer has."
    ),
    "ip_not_allowed": Reason(
        "Address not allowed", "The API does not let calls in from this address.", ""
    ),
    "bad_path": Reason(
        "Ambiguous path", "The path could be read in two ways, or leaves its root.", ""
    ),
    "form_too_large": Reason(
        "Form too large",
        "The form is too large to look for credentials in. Send them in the URL.",
        "",
    ),
    "loop_detected": Reason("Loop", "The API leads back to the gateway.", ""),
    "no_upstream": Reason("No private base URL", "The API does not say where it runs.", ""),
    "oauth_not_enabled": Reason("OAuth not enabled", "The API is called with keys.", ""),
    "redirect_uri_invalid": Reason("Wrong redirect URI", "It is not the application's own.", ""),
    "redirect_url_invalid": Reason("Wrong redirect URL", "It is not the application's own.", ""),
}


def reason_of(code: str) -> Reason:
    """Give the words for a code; one that is not listed speaks for itself."""
    return REASONS.get(code) or Reason(code.replace("_", " ").capitalize(), "", "")
