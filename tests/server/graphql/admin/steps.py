"""The provider's journey: every mutation of the admin schema succeeds at least once."""

from tests.server.graphql.admin.api_docs_steps import API_DOCS, API_DOCS_STEPS
from tests.server.graphql.admin.backend_steps import BACKEND_STEPS
from tests.server.graphql.admin.bulk_steps import BULK
from tests.server.graphql.admin.field_steps import FIELDS
from tests.server.graphql.admin.login_steps import LOGINS
from tests.server.graphql.admin.people_steps import PEOPLE, ROTATION
from tests.server.graphql.admin.plan_steps import ACCOUNT_FEATURES, CUSTOM_PLANS, PRICE, PRICES
from tests.server.graphql.admin.steps_portal import CONTENT
from tests.server.graphql.admin.webhook_steps import WEBHOOKS
from tests.server.graphql.forum import OF_STAFF
from tests.server.graphql.letters import OF_PROVIDER
from tests.server.graphql.steps import ANYTHING, NO_OBJECT, Step, Thing, deletes, moves, writes

SERVICE = Thing("service", "Service", "service")
DOOMED = Thing("service", "Service", "doomed")
METRIC = Thing("metric", "Metric", "metric")
METHOD = Thing("metric", "Metric", "method")
RULE = Thing("mappingRule", "MappingRule", "rule")
PROXY = Thing("proxy", "Proxy", "proxy")
CONFIG = Thing("proxyConfig", "ProxyConfig", "config")
SILVER = Thing("plan", "AccountPlan", "silver")
SUBSCRIPTION = Thing("plan", "ServicePlan", "subscription")
GOLD = Thing("plan", "ApplicationPlan", "gold")
COPY = Thing("plan", "ApplicationPlan", "copy")
LIMIT = Thing("usageLimit", "UsageLimit", "limit")
FEATURE = Thing("feature", "Feature", "feature")
ACCOUNT = Thing("account", "Account", "account")
CUSTOMER = Thing("account", "Account", "customer")
APPLICATION = Thing("application", "Application", "application")
TOKEN = Thing("accessToken", "AccessToken", "token")
HITS = {"metrics(first: 1)": {"nodes": [{"id": ANYTHING}]}}
LIMITS = "usageLimits(first: 9) { nodes { period } }"
GOLD_LIMITS = f'{{ node(id: "$gold") {{ ... on ApplicationPlan {{ {LIMITS} }} }} }}'
KEYS = '{ node(id: "$application") { ... on Application { userKey keys { id value } } } }'
FILTERS = '{ node(id: "$application") { ... on Application { referrerFilters { id value } } } }'

SERVICES = (
    writes(
        "serviceCreate",
        SERVICE,
        {"name": "Weather #", "description": "Rain", "authenticationMode": "APP_ID_AND_KEY"},
        keeps={"hits": "service.metrics.nodes.0.id"},
        name="Weather #",
        systemName="weather-#",
        description="Rain",
        authenticationMode="APP_ID_AND_KEY",
        **HITS,
    ),
    writes(
        "serviceUpdate",
        SERVICE,
        {
            "id": "$service",
            "supportEmail": "help@acme.example",
            "authenticationMode": "USER_KEY",
            "buyerPlanChangePermission": "DIRECT",
            "description": None,
            "referrerFiltersRequired": True,
            "intentionsRequired": True,
        },
        referrerFiltersRequired=True,
        intentionsRequired=True,
        supportEmail="help@acme.example",
        authenticationMode="USER_KEY",
        buyerPlanChangePermission="DIRECT",
        description="",
    ),
    moves("serviceMakeDefault", SERVICE, isDefault=True),
    writes(
        "metricCreate",
        METRIC,
        {"serviceId": "$service", "friendlyName": "Megabytes #", "unit": "MB"},
        friendlyName="Megabytes #",
        systemName="megabytes_#",
        unit="MB",
        isMethod=False,
        service={"id": "$service"},
    ),
    writes(
        "methodCreate",
        METHOD,
        {"metricId": "$hits", "friendlyName": "Today #", "systemName": "now_#"},
        friendlyName="Today #",
        systemName="now_#",
        isMethod=True,
        parent={"id": "$hits"},
    ),
    writes(
        "metricUpdate",
        METRIC,
        {"id": "$metric", "friendlyName": "Volume", "description": "Sent"},
        friendlyName="Volume",
        description="Sent",
        unit="MB",
    ),
    writes(
        "mappingRuleCreate",
        RULE,
        {
            "serviceId": "$service",
            "metricId": "$method",
            "httpMethod": "POST",
            "pattern": "/today/{city}",
            "delta": 2,
        },
        httpMethod="POST",
        pattern="/today/{city}",
        delta=2,
        last=False,
        metric={"id": "$method"},
    ),
    writes(
        "mappingRuleUpdate",
        RULE,
        {"id": "$rule", "metricId": "$metric", "last": True, "position": 1, "delta": 3},
        metric={"id": "$metric"},
        last=True,
        position=1,
        delta=3,
        pattern="/today/{city}",
    ),
    writes("mappingRuleMove", RULE, {"id": "$rule", "direction": "UP"}, position=1),
)
PROXIES = (
    writes(
        "proxyUpdate",
        PROXY,
        {"serviceId": "$service", "credentialsLocation": "HEADERS", "errorStatusNoMatch": 418},
        credentialsLocation="HEADERS",
        errorStatusNoMatch=418,
        apiTestSuccess=True,
        service={"id": "$service"},
    ),
    Step(
        "proxyDeploy",
        {"serviceId": "$service"},
        {"proxy": {"apiTestStatus": 200}, "proxyConfig": {"version": 3, "environment": "STAGING"}},
        '{ undeployedChanges(serviceId: "$service") }',
        {"undeployedChanges": False},
    ),
    writes(
        "proxyPromote",
        CONFIG,
        {"serviceId": "$service", "version": 3},
        environment="PRODUCTION",
        version=3,
        service={"id": "$service"},
    ),
    deletes("mappingRuleDelete", RULE),
    writes("serviceCreate", DOOMED, {"name": "Mayfly #"}, name="Mayfly #"),
    deletes("serviceDelete", DOOMED),
)
PLANS = (
    writes(
        "accountPlanCreate",
        SILVER,
        {"name": "Silver #", "published": True, "setupFee": "5.00", "trialPeriodDays": 7},
        name="Silver #",
        setupFee="5.00",
        trialPeriodDays=7,
        currency="USD",
        state="PUBLISHED",
        approvalRequired=False,
    ),
    writes(
        "servicePlanCreate",
        SUBSCRIPTION,
        {
            "serviceId": "$service",
            "name": "Subscription #",
            "systemName": "sub_#",
            "description": "By post",
            "position": 4,
        },
        name="Subscription #",
        description="By post",
        position=4,
        systemName="sub_#",
        state="HIDDEN",
        service={"id": "$service"},
    ),
    writes(
        "applicationPlanCreate",
        GOLD,
        {
            "serviceId": "$service",
            "name": "Gold #",
            "costPerMonth": "9.95",
            "trialPeriodDays": 30,
            "approvalRequired": True,
        },
        name="Gold #",
        costPerMonth="9.95",
        setupFee="0.00",
        trialPeriodDays=30,
        approvalRequired=True,
        state="HIDDEN",
    ),
    writes(
        "planUpdate",
        GOLD,
        {"id": "$gold", "description": "The best", "setupFee": "1.50", "position": 9},
        position=9,
        description="The best",
        setupFee="1.50",
        costPerMonth="9.95",
    ),
    moves("planPublish", GOLD, state="PUBLISHED"),
    moves("planMakeDefault", GOLD, isDefault=True),
    writes(
        "limitCreate",
        LIMIT,
        {"planId": "$gold", "metricId": "$metric", "period": "MONTH", "value": 7},
        period="MONTH",
        value=7,
    ),
    writes("limitUpdate", LIMIT, {"id": "$limit", "value": 2**40}, value=2**40),
    writes(
        "limitSet",
        LIMIT,
        {"planId": "$gold", "metricId": "$metric", "period": "MONTH", "value": 3_000_000_000},
        period="MONTH",
        value=3_000_000_000,
        plan={"id": "$gold"},
        metric={"id": "$metric"},
    ),
    *PRICES,
    writes(
        "featureCreate",
        FEATURE,
        {"serviceId": "$service", "name": "Hail #", "description": "Also snow"},
        name="Hail #",
        description="Also snow",
        service={"id": "$service"},
    ),
    writes(
        "featureUpdate",
        FEATURE,
        {"id": "$feature", "name": "Frost #", "description": None},
        name="Frost #",
        description="",
    ),
    Step(
        "featureInclude",
        {"planId": "$gold", "featureId": "$feature"},
        {"feature": {"id": "$feature"}, "planId": "$gold", "included": True},
        '{ node(id: "$gold") { ... on ApplicationPlan { features { id } } } }',
        {"node": {"features": [{"id": "$feature"}]}},
    ),
    *ACCOUNT_FEATURES,
    writes(
        "applicationPlanCopy",
        COPY,
        {"id": "$gold"},
        costPerMonth="9.95",
        state="HIDDEN",
        features=[{"id": "$feature"}],
        **{"pricingRules(first: 9)": {"nodes": [{"costPerUnit": "0.50", "max": None}]}},
        **{"usageLimits(first: 9)": {"nodes": [{"value": 3_000_000_000}]}},
    ),
    deletes("planDelete", COPY),
    moves("planHide", GOLD, state="HIDDEN"),
)
ACCOUNTS = (
    writes(
        "accountCreate",
        ACCOUNT,
        {"orgName": "Umbrella #", "username": "carol#", "email": "carol#@x.example"},
        orgName="Umbrella #",
        createdByProvider=True,
        **{"users(first: 9)": {"nodes": [{"username": "carol#", "email": "carol#@x.example"}]}},
    ),
    Step(
        "signupExpress",
        {
            "orgName": "Parasol #",
            "username": "dave#",
            "email": "dave#@x.example",
            "password": "correct horse battery",
            "applicationPlanId": "$gold",
            "applicationName": "Forecast",
        },
        {
            "account": {"id": ANYTHING, "state": "APPROVED"},
            "user": {"state": "ACTIVE"},
            "applications": [{"name": "Forecast", "plan": {"id": "$gold"}}],
        },
        '{ account(id: "$customer") { orgName applications(first: 9) { nodes { name } } } }',
        {"account": {"orgName": "Parasol #", "applications": {"nodes": [{"name": "Forecast"}]}}},
        {"customer": "account.id"},
    ),
    writes("accountUpdate", ACCOUNT, {"id": "$account", "orgName": "Brolly #"}, orgName="Brolly #"),
    writes(
        "accountUpdate",
        ACCOUNT,
        {"id": "$account", "monthlyChargingEnabled": False, "managedBy": "operator"},
        monthlyChargingEnabled=False,
        monthlyBillingEnabled=True,
        managedBy="operator",
    ),
    writes(
        "accountCreditCardPut",
        ACCOUNT,
        {
            "id": "$account",
            "token": "cus_1",
            "expirationYear": 30,
            "expirationMonth": 12,
            "partialNumber": "1234",
            "name": "Jane Doe",
            "address": "Main Street 1",
            "city": "Springfield",
            "country": "US",
        },
        creditCard={"partialNumber": "1234", "expiresOn": "2030-12-01"},
    ),
    writes("accountCreditCardDelete", ACCOUNT, {"id": "$account"}, creditCard=NO_OBJECT),
    moves("accountMakePending", CUSTOMER, state="PENDING"),
    moves("accountApprove", CUSTOMER, state="APPROVED"),
    moves("accountReject", CUSTOMER, state="REJECTED"),
    moves("accountSuspend", CUSTOMER, state="SUSPENDED"),
    moves("accountResume", CUSTOMER, state="APPROVED"),
    writes(
        "accountChangePlan",
        CUSTOMER,
        {"id": "$customer", "planId": "$silver"},
        plan={"id": "$silver"},
    ),
)
APPLICATIONS = (
    writes(
        "applicationCreate",
        APPLICATION,
        {
            "accountId": "$customer",
            "planId": "$gold",
            "name": "Radar",
            "userKey": "radar-#",
            "redirectUrl": "https://radar.example/",
        },
        name="Radar",
        redirectUrl="https://radar.example/",
        userKey="radar-#",
        state="PENDING",
        plan={"id": "$gold"},
        account={"id": "$customer"},
    ),
    writes(
        "applicationUpdate",
        APPLICATION,
        {"id": "$application", "name": "Sonar", "description": "Listens"},
        name="Sonar",
        description="Listens",
    ),
    moves("applicationAccept", APPLICATION, state="LIVE"),
    deletes("applicationReject", Thing("application", "Application", "waiting")),
    moves(
        "applicationAcceptPlanRequest",
        Thing("application", "Application", "wishing"),
        plan={"id": "$wanted"},
    ),
    moves(
        "applicationRefusePlanRequest",
        Thing("application", "Application", "hoping"),
        plan={"id": ANYTHING},
    ),
    moves("applicationSuspend", APPLICATION, state="SUSPENDED"),
    moves("applicationResume", APPLICATION, state="LIVE"),
    writes(
        "applicationPlanCreate",
        Thing("plan", "ApplicationPlan", "bronze"),
        {"serviceId": "$service", "name": "Bronze #"},
        name="Bronze #",
    ),
    writes(
        "applicationChangePlan",
        APPLICATION,
        {"id": "$application", "planId": "$bronze"},
        plan={"id": "$bronze"},
    ),
    *CUSTOM_PLANS,
    Step(
        "userKeyReplace",
        {"applicationId": "$application", "value": "sonar-#"},
        {"application": {"id": "$application"}, "userKey": "sonar-#"},
        KEYS,
        {"node": {"userKey": "sonar-#", "keys": []}},
    ),
    Step(
        "keyAdd",
        {"applicationId": "$application", "value": "secret-#"},
        {"application": {"id": "$application"}, "key": {"id": ANYTHING, "value": "secret-#"}},
        KEYS,
        {"node": {"userKey": ANYTHING, "keys": [{"id": "$key", "value": "secret-#"}]}},
        {"key": "key.id"},
    ),
    *ROTATION,
    Step(
        "keyDelete",
        {"applicationId": "$application", "keyId": "$newer"},
        {"application": {"id": "$application"}},
        KEYS,
        {"node": {"userKey": ANYTHING, "keys": []}},
    ),
    Step(
        "referrerFilterAdd",
        {"applicationId": "$application", "referrerFilter": "*.example.com"},
        {
            "application": {"id": "$application"},
            "referrerFilter": {"id": ANYTHING, "value": "*.example.com"},
        },
        FILTERS,
        {"node": {"referrerFilters": [{"id": "$filter", "value": "*.example.com"}]}},
        {"filter": "referrerFilter.id"},
    ),
    Step(
        "referrerFilterDelete",
        {"applicationId": "$application", "filterId": "$filter"},
        {"application": {"id": "$application"}},
        FILTERS,
        {"node": {"referrerFilters": []}},
    ),
    deletes("applicationDelete", APPLICATION),
)
WEATHER_OFFICE = {
    "name": "Weather Office",
    "fromEmail": "sky@weather.example",
    "supportEmail": "help@weather.example",
    "replyToEmail": "answers@weather.example",
    "timezone": "Asia/Kolkata",
}
LOOK = {"heroTitle": "Weather for all", "font": "SERIF"}
ALL_ELSE = (
    Step(
        "settingsUpdate",
        {"allowedOrigins": "https://shop.example", "currency": "KWD", **WEATHER_OFFICE},
        {"settings": {"allowedOrigins": "https://shop.example", "provider": WEATHER_OFFICE}},
        "{ settings { allowedOrigins signupsEnabled currency } }",
        {
            "settings": {
                "currency": "KWD",
                "allowedOrigins": "https://shop.example",
                "signupsEnabled": True,
            }
        },
    ),
    Step("lookUpdate", LOOK, {"look": LOOK}, "{ look { heroTitle font } }", {"look": LOOK}),
    writes(
        "accessTokenCreate",
        TOKEN,
        {"name": "ci", "scopes": ["STATS", "CMS"], "expiresAt": "2999-12-31T23:00:00Z"},
        keeps={"value": "value"},
        name="ci",
        scopes=["CMS", "STATS"],
        permission="READ_ONLY",
        expiresAt="2999-12-31T23:00:00+00:00",
    ),
    deletes("accessTokenDelete", TOKEN),
    deletes("apiDocsDelete", API_DOCS),
    deletes("featureDelete", FEATURE),
    Step(
        "metricDisable",
        {"planId": "$gold", "metricId": "$metric"},
        {"planId": "$gold", "metricId": "$metric"},
        GOLD_LIMITS,
        {"node": {"usageLimits": {"nodes": [{"period": "MONTH"}, {"period": "ETERNITY"}]}}},
    ),
    Step(
        "metricEnable",
        {"planId": "$gold", "metricId": "$metric"},
        {"planId": "$gold", "metricId": "$metric"},
        GOLD_LIMITS,
        {"node": {"usageLimits": {"nodes": [{"period": "MONTH"}]}}},
    ),
    deletes("limitDelete", LIMIT),
    deletes("pricingRuleDelete", PRICE),
    deletes("metricDelete", METRIC),
)
STEPS = (
    *OF_PROVIDER,
    *SERVICES,
    *PROXIES,
    *BACKEND_STEPS,
    *BULK,
    *PLANS,
    *API_DOCS_STEPS,
    *FIELDS,
    *ACCOUNTS,
    *PEOPLE,
    *LOGINS,
    *APPLICATIONS,
    *CONTENT,
    *WEBHOOKS,
    *OF_STAFF,
    *ALL_ELSE,
)
