"""The provider's side of the prototype path through GraphQL alone, against a real process."""

import httpx2 as httpx

from tests.kit.graphql import Client, client_of
from tests.kit.process import Gatehouse, until

SERVICE = """mutation($input: ServiceCreateInput!) { serviceCreate(input: $input) {
  userErrors { code message field }
  service { id legacyId metrics(first: 5) { nodes { id systemName } }
            proxy { mappingRules(first: 5) { nodes { id pattern } } } } } }"""
METHOD = """mutation($input: MethodCreateInput!) { methodCreate(input: $input) {
  userErrors { message } metric { id systemName parent { systemName } } } }"""
RULE = """mutation($input: MappingRuleCreateInput!) { mappingRuleCreate(input: $input) {
  userErrors { message } mappingRule { id pattern } } }"""
RULE_GONE = """mutation($input: IdInput!) { mappingRuleDelete(input: $input) {
  userErrors { message } } }"""
PLAN = """mutation($input: ApplicationPlanCreateInput!) { applicationPlanCreate(input: $input) {
  userErrors { message } plan { id ... on ApplicationPlan { legacyId } } } }"""
PUBLISH = "mutation($input: IdInput!) { planPublish(input: $input) { userErrors { message } } }"
LIMIT = """mutation($input: LimitSetInput!) { limitSet(input: $input) {
  userErrors { message } usageLimit { id value } } }"""
SIGNUP = """mutation($input: SignupInput!) { signupExpress(input: $input) {
  userErrors { message } account { id state } user { state }
  applications { id userKey state } } }"""
DEPLOY = """mutation($input: ProxyUpdateInput!) { proxyUpdate(input: $input) {
  userErrors { message } proxy { apiTestSuccess apiTestStatus } proxyConfig { version } } }"""
PROMOTE = """mutation($input: ProxyPromoteInput!) { proxyPromote(input: $input) {
  userErrors { message } proxyConfig { version environment } } }"""
SUSPEND = """mutation($input: IdInput!) { applicationSuspend(input: $input) {
  userErrors { code message } application { state } } }"""
STANDING = """query($id: ID!) { node(id: $id) { ... on Application {
  standing { metric used limit } } } }"""
EVENTS = "{ events(first: 20) { totalCount nodes { kind actor } } }"


def seeded(api: Client) -> tuple[str, str]:
    """Make a service that counts only calls of a limited method; give its id and its plan's."""
    service = api.done(SERVICE, input={"name": "Weather", "systemName": "weather"})
    service = service["serviceCreate"]["service"]
    hits, rule = service["metrics"]["nodes"][0], service["proxy"]["mappingRules"]["nodes"][0]
    method = api.done(METHOD, input={"metricId": hits["id"], "friendlyName": "Test"})
    test = method["methodCreate"]["metric"]
    assert test["parent"]["systemName"] == "hits"
    api.done(RULE_GONE, input={"id": rule["id"]})
    wanted = {"serviceId": service["id"], "metricId": test["id"], "pattern": "/v1/test"}
    api.done(RULE, input={**wanted, "httpMethod": "GET"})
    plan = api.done(PLAN, input={"serviceId": service["id"], "name": "Trial"})
    plan_id = plan["applicationPlanCreate"]["plan"]["id"]
    api.done(PUBLISH, input={"id": plan_id})
    limit = {"planId": plan_id, "metricId": test["id"], "period": "HOUR", "value": 2}
    api.done(LIMIT, input=limit)
    return service["id"], plan_id


def signed_up(api: Client, plan_id: str) -> dict[str, str]:
    """Sign a customer up on a plan; give his application."""
    customer = {
        "orgName": "Initech",
        "username": "peter",
        "email": "peter@initech.example",
        "password": "three words and a number 7",
        "applicationPlanId": plan_id,
    }
    signup = api.done(SIGNUP, input=customer)["signupExpress"]
    assert (signup["account"]["state"], signup["user"]["state"]) == ("APPROVED", "ACTIVE")
    (application,) = signup["applications"]
    return dict(application)


def test_a_service_from_nothing_to_limited_calls(gatehouse: Gatehouse) -> None:
    api = client_of(gatehouse)
    service_id, plan_id = seeded(api)
    application = signed_up(api, plan_id)

    deployed = api.done(DEPLOY, input={"serviceId": service_id, "apiTestPath": "/v1/test"})
    assert deployed["proxyUpdate"]["proxy"] == {"apiTestSuccess": True, "apiTestStatus": 200}
    promoted = api.done(PROMOTE, input={"serviceId": service_id})["proxyPromote"]
    assert promoted["proxyConfig"]["environment"] == "PRODUCTION"

    def call(path: str) -> int:
        url = f"{gatehouse.url}/gateway/production/weather{path}"
        return httpx.get(f"{url}?user_key={application['userKey']}").status_code

    # The test call counted nothing, so both are left.
    calls = [call(path) for path in ("/v1/test", "/v1/test", "/v1/test", "/missing")]
    assert calls == [200, 200, 429, 404]

    def standing() -> object:
        return api.ask(STANDING, id=application["id"])["node"]["standing"]

    until(lambda: standing() == [{"metric": "test", "used": 2, "limit": 2}])
    suspended = api.done(SUSPEND, input={"id": application["id"]})["applicationSuspend"]
    assert suspended["application"]["state"] == "SUSPENDED"
    until(lambda: call("/v1/test") == 403, seconds=2)
    events = api.ask(EVENTS)["events"]
    assert events["nodes"][0]["kind"] == "application.suspended"
    assert events["totalCount"] > 10


def test_a_refusal_is_a_user_error_and_changes_nothing(gatehouse: Gatehouse) -> None:
    api = client_of(gatehouse)
    bad = SERVICE.replace("serviceCreate(input", "refused: serviceCreate(input")

    answer = api.ask(bad, input={"name": " "})

    (error,) = answer["refused"]["userErrors"]
    assert (error["code"], error["field"]) == ("BLANK", ["name"])
    assert api.ask("{ services(first: 5) { totalCount } }")["services"]["totalCount"] == 1
