"""What the gateway tells Prometheus."""

from prometheus_client import Counter, Histogram

CALLS = Counter("gatehouse_gateway_calls", "Calls by service and outcome.", ["service", "outcome"])
POLICY_FAILURES = Counter(
    "gatehouse_gateway_policy_failures", "Exceptions in policies.", ["policy", "phase"]
)
UPSTREAM_S = Histogram(
    "gatehouse_gateway_upstream_seconds",
    "Time until an upstream's whole answer was passed on.",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)

_BOUND: dict[tuple[str, str], Counter] = {}


def count_call(service: str, outcome: str) -> None:
    """Count a call; `outcome` is `status_2xx` … or the code of a refusal."""
    bound = _BOUND.get((service, outcome))
    if bound is None:
        bound = _BOUND[service, outcome] = CALLS.labels(service, outcome)
    bound.inc()


def count_policy_failure(policy: str, phase: str) -> None:
    """Count an exception in a policy, whether it failed open or closed."""
    POLICY_FAILURES.labels(policy, phase).inc()
