"""Steps of the provider's journey about prices, features of accounts and custom plans."""

from tests.server.graphql.steps import Step, Thing, deletes, writes

PRICE = Thing("pricingRule", "PricingRule", "price")
CUSTOM = Thing("plan", "ApplicationPlan", "custom")
OF_ACCOUNT = Thing("accountFeature", "AccountFeature", "accountFeature")
PRICES = (
    writes(
        "pricingRuleCreate",
        PRICE,
        {"planId": "$gold", "metricId": "$metric", "max": 1000, "costPerUnit": "0.0125"},
        min=1,
        max=1000,
        costPerUnit="0.0125",
        metric={"id": "$metric"},
    ),
    writes(
        "pricingRuleUpdate",
        PRICE,
        {"id": "$price", "max": None, "costPerUnit": "0.50"},
        max=None,
        costPerUnit="0.50",
    ),
)
ACCOUNT_FEATURES = (
    writes(
        "accountFeatureCreate",
        OF_ACCOUNT,
        {"name": "A person to call #", "description": "At night"},
        name="A person to call #",
    ),
    writes(
        "accountFeatureUpdate",
        OF_ACCOUNT,
        {"id": "$accountFeature", "description": None},
        description="",
    ),
    Step(
        "accountFeatureInclude",
        {"planId": "$silver", "featureId": "$accountFeature"},
        {"feature": {"id": "$accountFeature"}, "planId": "$silver", "included": True},
        '{ node(id: "$silver") { ... on AccountPlan { features { id } } } }',
        {"node": {"features": [{"id": "$accountFeature"}]}},
    ),
    deletes("accountFeatureDelete", OF_ACCOUNT),
)
CUSTOM_PLANS = (
    writes(
        "applicationPlanCustomize",
        CUSTOM,
        {"id": "$application"},
        isCustom=True,
        original={"id": "$bronze"},
    ),
    Step(
        "applicationPlanDecustomize",
        {"id": "$application"},
        {"plan": {"id": "$bronze"}},
        '{ node(id: "$application") { ... on Application { plan { id isCustom } } } }',
        {"node": {"plan": {"id": "$bronze", "isCustom": False}}},
    ),
)
