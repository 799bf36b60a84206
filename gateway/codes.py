"""What each code of the gateway means and what to do; `docs/errors.md` is made from it."""

from collections.abc import Mapping

# Told to the caller: status and text are the service's own where its integration page has them.
REFUSALS: Mapping[str, str] = {
    "auth_missing": "The call has no credentials where the service expects them.",
    "no_match": "No mapping rule matches the call.",
    "limits_exceeded": "A limit of the application's plan is used up. "
    "`Retry-After` tells when to come back.",
    "metric_disabled": "The plan gives the application nothing of a metric that the call counts "
    "for.",
    "metric_invalid": "A mapping rule counts for a metric that the service no longer has. "
    "Deploy the service again.",
    "ip_not_allowed": "The service's policy `ip_check` does not let calls in from this address. "
    "The text is the policy's `error_msg`.",
    "bad_host": "A request needs exactly one Host header.",
    "bad_path": "The path could be read in two ways, or leaves its root. "
    "Send it decoded once, without `..`, `;` and backslashes. A service has a setting for the last "
    "two: see [paths](paths.md).",
    "blocked_as_code": "A page of the portals' address wanted to run the answer of an API that is "
    "called by path. Call the API on its own host for that.",
    "loop_detected": "The call has passed five gateways of Gatehouse, as its header "
    "`X-Gatehouse-Hops` counts: services lead to each other. Let private base URLs lead to the "
    "APIs themselves.",
    "unknown_host": "No service answers at this address. Deploy it to the environment first.",
    "not_deployed": "No service of this name is deployed to the environment that the path names. "
    "Deploy it to staging, or promote it to production.",
    "form_too_large": "The form is larger than the gateway reads for credentials and mapping rules "
    "(1 MiB). Send the credentials in the URL or in a header; a mapping rule that asks for a "
    "parameter can't be decided for such a form.",
    "no_upstream": "The service has no private base URL. Set one on its integration page.",
    "ok": "Not an error: the gateway's own health answer.",
}
# Answered alike, so that nobody can try credentials out; only the header tells which it was.
OBJECTIONS: Mapping[str, str] = {
    "application_not_found": "no application of the service has these credentials",
    "application_key_invalid": "the `app_id` is known, the `app_key` is not its own",
    "application_not_active": "the application or its account is suspended or waits for approval",
    "service_not_active": "the service is offline",
    "referrer_not_allowed": "the application is limited to other referrers",
}
# Ours or the upstream's, not the caller's.
FAULTS: Mapping[str, tuple[int, str]] = {
    "upstream_unreachable": (502, "nobody answers at the private base URL"),
    "upstream_forbidden": (502, "the private base URL is on a network that is closed here"),
    "upstream_is_ours": (
        502,
        "the private base URL leads back to this installation, by name or by address; "
        "only the Echo API may",
    ),
    "upstream_failed": (502, "the upstream broke off"),
    "upstream_timeout": (504, "the upstream did not answer in time"),
    "counter_store_unavailable": (503, "the call can't be counted, so it is not let in"),
    "directory_unavailable": (503, "the configuration can't be read"),
    "bad_configuration": (
        503,
        "the deployed document breaks a rule, which the log names; other services go on. "
        "Mend the settings and deploy again",
    ),
    "policy_failed": (
        503,
        "a policy of the service has a bug; the answer has an id that is in the log too",
    ),
    "gateway_fault": (503, "a bug; the answer has an id that is in the log too"),
}
