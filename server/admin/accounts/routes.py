"""The addresses of accounts, their people, and how people come in."""

from server.admin.accounts import (
    accounts,
    authentication_providers,
    developers,
    invitation_list,
    people,
    staff,
    subscription_list,
    subscriptions,
    users,
)
from server.admin.addresses import ACCOUNT, Addresses

USER = ACCOUNT + "/users/{user_id}"
PERSON = "/team/{user_id}"
LOGIN = "/authentication_providers/{provider_id}"
INVITATION = ACCOUNT + "/invitations/{invitation_id}"
CONTRACT = ACCOUNT + "/service_contracts/{contract_id}"

ADDRESSES = Addresses(
    shown=(
        ("/accounts", accounts.index),
        ("/accounts/new", accounts.new),
        (ACCOUNT, accounts.show),
        (f"{ACCOUNT}/edit", accounts.edit),
        (f"{ACCOUNT}/users/new", people.new),
        (USER, people.edit),
        ("/users", developers.index),
        ("/invitations", invitation_list.index),
        ("/service_contracts", subscription_list.index),
        ("/authentication_providers", authentication_providers.index),
        ("/authentication_providers/new", authentication_providers.new),
        (LOGIN, authentication_providers.edit),
        ("/personal", users.show),
        ("/team", staff.index),
        (PERSON, staff.show),
    ),
    sent=(
        ("/accounts", accounts.create, accounts.new),
        ("/accounts/many/{event}", accounts.move_many, accounts.index),
        (ACCOUNT, accounts.update, accounts.edit),
        (f"{ACCOUNT}/plan", accounts.change_plan, accounts.show),
        (f"{ACCOUNT}/users", people.create, people.new),
        (USER, people.update, people.edit),
        (f"{USER}/delete", people.delete, people.edit),
        (f"{USER}/remove_second_factors", people.remove_second_factors, people.edit),
        (USER + "/{event}", accounts.move_user, accounts.show),
        (f"{ACCOUNT}/invitations", people.invite, accounts.show),
        (f"{INVITATION}/resend", people.resend, accounts.show),
        (f"{INVITATION}/withdraw", people.withdraw, accounts.show),
        (f"{ACCOUNT}/service_contracts", subscriptions.create, accounts.show),
        (f"{CONTRACT}/plan", subscriptions.change_plan, accounts.show),
        (CONTRACT + "/{event}", subscriptions.move, accounts.show),
        (f"{ACCOUNT}/accept_plan_request", subscriptions.answer_wish, accounts.show),
        (f"{ACCOUNT}/refuse_plan_request", subscriptions.answer_wish, accounts.show),
        (f"{ACCOUNT}/forget_card", accounts.forget_card, accounts.show),
        (ACCOUNT + "/{event}", accounts.move, accounts.show),
        (
            "/authentication_providers",
            authentication_providers.create,
            authentication_providers.new,
        ),
        (
            "/authentication_providers/sso_key",
            authentication_providers.make_key,
            authentication_providers.index,
        ),
        (LOGIN, authentication_providers.update, authentication_providers.edit),
        (f"{LOGIN}/delete", authentication_providers.delete, authentication_providers.edit),
        ("/personal", users.update, users.show),
        ("/team", staff.create, staff.index),
        (PERSON, staff.update, staff.show),
        (f"{PERSON}/delete", staff.delete, staff.show),
        (PERSON + "/{event}", staff.move, staff.show),
        ("/personal/password", users.replace_password, users.show),
    ),
    slow=((f"{LOGIN}/test", authentication_providers.test, authentication_providers.edit),),
)
