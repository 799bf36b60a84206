"""The tutorial of docs/graphql.md, by the client that ariadne-codegen has made of it."""

import json
import sys

from made import Client
from made.input_types import (
    AccountUpdateInput,
    ApplicationPlanCreateInput,
    ServiceCreateInput,
    SignupInput,
)

url, token = sys.argv[1:]
client = Client(url, {"Authorization": f"Bearer {token}"})
look = client.first_look()
service = client.make_service(ServiceCreateInput(name="Tides")).service_create.service
plan = client.make_plan(
    ApplicationPlanCreateInput(service_id=service.id, name="Sea", published=True)
).application_plan_create.plan
given = SignupInput(
    org_name="Harbour",
    username="pilot",
    email="pilot@harbour.example",
    application_plan_id=plan.id,
    idempotency_key="python-1",
)
signups = [client.sign_up(given).signup_express for _ in range(2)]
found = client.find_accounts("harbour").accounts.nodes
change = {"id": found[0].id, "expected_version": found[0].object_version}
renamed = client.rename(AccountUpdateInput(**change, org_name="Port")).account_update
late = client.rename(AccountUpdateInput(**change, org_name="Quay")).account_update
sys.stdout.write(
    json.dumps(
        {
            "provider": look.provider.name,
            "same": signups[0] == signups[1],
            "key": bool(signups[0].applications[0].user_key),
            "found": [each.org_name for each in found],
            "renamed": renamed.account.org_name,
            "late": late.user_errors[0].code,
            "current": late.user_errors[0].current == renamed.account.object_version,
        }
    )
)
