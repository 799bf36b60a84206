"""The addresses of applications."""

from server.admin.addresses import ACCOUNT, APPLICATION, Addresses
from server.admin.applications import applications, custom_plans, keys, referrer_filters

ADDRESSES = Addresses(
    shown=(
        (f"{ACCOUNT}/applications/new", applications.new),
        ("/applications", applications.index),
        (APPLICATION, applications.show),
        (f"{APPLICATION}/edit", applications.edit),
    ),
    sent=(
        (f"{ACCOUNT}/applications", applications.create, applications.new),
        ("/applications/by_key", applications.find_by_key, applications.index),
        ("/applications/many/{event}", applications.move_many, applications.index),
        (f"{APPLICATION}/reject", applications.reject, applications.show),
        (APPLICATION, applications.update, applications.edit),
        (f"{APPLICATION}/plan", applications.change_plan, applications.show),
        (f"{APPLICATION}/customize_plan", custom_plans.customize, applications.show),
        (f"{APPLICATION}/decustomize_plan", custom_plans.decustomize, applications.show),
        (f"{APPLICATION}/user_key", keys.replace, applications.show),
        (f"{APPLICATION}/user_key/end_old", keys.end_old, applications.show),
        (f"{APPLICATION}/keys", keys.create, applications.show),
        (APPLICATION + "/keys/{key_id}/rotate", keys.rotate, applications.show),
        (APPLICATION + "/keys/{key_id}/delete", keys.delete, applications.show),
        (f"{APPLICATION}/referrer_filters", referrer_filters.create, applications.show),
        (
            APPLICATION + "/referrer_filters/{filter_id}/delete",
            referrer_filters.delete,
            applications.show,
        ),
        (f"{APPLICATION}/delete", applications.delete, applications.show),
        (APPLICATION + "/{event}", applications.move, applications.show),
    ),
)
