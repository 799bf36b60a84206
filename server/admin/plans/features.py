"""Features of a service, and which plans include them."""

from starlette.responses import Response

from server.actions.plans.features import (
    NewFeature,
    create_feature,
    delete_feature,
    include_feature,
)
from server.admin.plans.plans import plan_in_path
from server.admin.screen import Screen
from server.admin.services.services import service_in_path


def create(screen: Screen) -> Response:
    """Add a feature to a service."""
    service_id = screen.path_id("service_id")
    draft = NewFeature(name=screen.text("name"), description=screen.text("description"))
    feature = create_feature(screen.db, screen.actor, service_id, draft)
    return screen.go(f"/services/{service_id}/plans", f"{feature.name} is added.")


def delete(screen: Screen) -> Response:
    """Take a feature away from the service and all plans."""
    feature = delete_feature(screen.db, screen.actor, screen.path_id("feature_id"))
    return screen.go(f"/services/{feature.service_id}/plans", f"{feature.name} is deleted.")


def include(screen: Screen) -> Response:
    """Put a feature into a plan, or take it out."""
    service = service_in_path(screen)
    plan = plan_in_path(screen, service)
    included = screen.text("included") == "yes"
    feature_id = screen.path_id("feature_id")
    include_feature(screen.db, screen.actor, plan.id, feature_id, included=included)
    notice = "The plan includes it now." if included else "The plan does not include it any more."
    return screen.go(f"/services/{service.id}/plans/{plan.id}", notice)
