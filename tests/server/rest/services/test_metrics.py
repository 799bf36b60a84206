"""Metrics of a service, and methods under `hits`."""

from server.actions.provider.providers import NewProvider
from server.auth.dependencies import Dependencies
from tests.kit.rest import RestClient, hits_of


def where(deps: Dependencies, acme: NewProvider) -> tuple[str, str]:
    """Tell where the metrics of the service and the methods of hits are."""
    metrics = f"/services/{acme.sample.service.id}/metrics"
    return metrics, f"{metrics}/{hits_of(deps, acme)}/methods"


def test_a_metric_lives(deps: Dependencies, rest: RestClient, acme: NewProvider) -> None:
    metrics, _ = where(deps, acme)
    made = rest.post(metrics, {"metric": {"friendly_name": "Bytes sent", "unit": "byte"}})["metric"]

    changed = rest.call(
        "PUT", f"{metrics}/{made['id']}.json", data={"unit": "kB", "system_name": "x"}
    )

    assert (made["system_name"], made["name"], made["unit"]) == ("bytes_sent", "bytes_sent", "byte")
    assert changed.json()["metric"] == {
        **made,
        "unit": "kB",
        "updated_at": changed.json()["metric"]["updated_at"],
    }
    assert rest.call("DELETE", f"{metrics}/{made['id']}.json").status_code == 200
    assert len(rest.json(metrics)["metrics"]) == 1


def test_hits_stays(deps: Dependencies, rest: RestClient, acme: NewProvider) -> None:
    answer = rest.call("DELETE", f"{where(deps, acme)[0]}/{hits_of(deps, acme)}.json")

    assert (answer.status_code, list(answer.json()["errors"])) == (403, ["base"])


def test_methods_are_under_hits_and_count_in_its_unit(
    deps: Dependencies, rest: RestClient, acme: NewProvider
) -> None:
    metrics, methods = where(deps, acme)

    made = rest.post(methods, {"friendly_name": "List things", "unit": "byte"})["method"]

    assert (made["system_name"], made["metric_id"]) == ("list_things", hits_of(deps, acme))
    assert "unit" not in made
    assert rest.json(methods) == {"methods": [{"method": made}]}
    assert rest.json(f"{metrics}/{made['id']}")["metric"]["unit"] == "hit"
    changed = rest.call("PATCH", f"{methods}/{made['id']}.json", data={"friendly_name": "All"})
    assert changed.json()["method"]["friendly_name"] == "All"
    assert rest.call("GET", f"{methods}/{hits_of(deps, acme)}.json").status_code == 404
    assert rest.call("DELETE", f"{methods}/{made['id']}.json").status_code == 200


def test_other_metrics_have_no_methods(
    deps: Dependencies, rest: RestClient, acme: NewProvider
) -> None:
    metrics, _ = where(deps, acme)
    other = rest.post(metrics, {"friendly_name": "Bytes"})["metric"]["id"]

    answer = rest.call("POST", f"{metrics}/{other}/methods.json", data={"friendly_name": "x"})

    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["metric_id"])
    assert rest.json(f"{metrics}/{other}/methods") == {"methods": []}
    assert rest.call("GET", f"/services/999/metrics/{other}/methods.json").status_code == 404
