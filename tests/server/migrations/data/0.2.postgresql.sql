CREATE TABLE public.access_tokens (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    user_id integer NOT NULL,
    name character varying NOT NULL,
    digest character varying NOT NULL,
    hint character varying NOT NULL,
    scopes json NOT NULL,
    permission character varying NOT NULL,
    expires_at timestamp with time zone,
    last_used_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.access_tokens_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.access_tokens_id_seq OWNED BY public.access_tokens.id;
CREATE TABLE public.account_plans (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    name character varying NOT NULL,
    system_name character varying NOT NULL,
    state character varying NOT NULL,
    is_default boolean NOT NULL,
    approval_required boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    description character varying NOT NULL,
    setup_fee numeric(14,4) NOT NULL,
    cost_per_month numeric(14,4) NOT NULL,
    trial_period_days integer NOT NULL,
    "position" integer NOT NULL
);
CREATE SEQUENCE public.account_plans_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.account_plans_id_seq OWNED BY public.account_plans.id;
CREATE TABLE public.accounts (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    org_name character varying NOT NULL,
    state character varying NOT NULL,
    account_plan_id integer NOT NULL,
    created_by_provider boolean NOT NULL,
    extra_fields json NOT NULL,
    deletion_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.accounts_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.accounts_id_seq OWNED BY public.accounts.id;
CREATE TABLE public.alembic_version (
    version_num character varying(32) NOT NULL
);
CREATE TABLE public.api_docs_services (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    service_id integer,
    name character varying NOT NULL,
    system_name character varying NOT NULL,
    description character varying NOT NULL,
    body text NOT NULL,
    published boolean NOT NULL,
    skip_swagger_validations boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.api_docs_services_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.api_docs_services_id_seq OWNED BY public.api_docs_services.id;
CREATE TABLE public.application_keys (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    application_id integer NOT NULL,
    digest bytea NOT NULL,
    sealed bytea NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.application_keys_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.application_keys_id_seq OWNED BY public.application_keys.id;
CREATE TABLE public.application_plans (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    service_id integer NOT NULL,
    name character varying NOT NULL,
    system_name character varying NOT NULL,
    description character varying NOT NULL,
    state character varying NOT NULL,
    is_default boolean NOT NULL,
    approval_required boolean NOT NULL,
    setup_fee numeric(14,4) NOT NULL,
    cost_per_month numeric(14,4) NOT NULL,
    trial_period_days integer NOT NULL,
    "position" integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.application_plans_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.application_plans_id_seq OWNED BY public.application_plans.id;
CREATE TABLE public.applications (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    account_id integer NOT NULL,
    service_id integer NOT NULL,
    plan_id integer NOT NULL,
    name character varying NOT NULL,
    description character varying NOT NULL,
    state character varying NOT NULL,
    application_id character varying NOT NULL,
    user_key_digest bytea NOT NULL,
    user_key_sealed bytea NOT NULL,
    redirect_url character varying NOT NULL,
    origin character varying NOT NULL,
    extra_fields json NOT NULL,
    first_traffic_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.applications_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.applications_id_seq OWNED BY public.applications.id;
CREATE TABLE public.events (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    kind character varying NOT NULL,
    actor character varying NOT NULL,
    user_id integer,
    account_id integer,
    service_id integer,
    subject_id integer,
    payload json NOT NULL,
    created_at timestamp with time zone NOT NULL,
    delivered_at timestamp with time zone,
    facts json NOT NULL
);
CREATE SEQUENCE public.events_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.events_id_seq OWNED BY public.events.id;
CREATE TABLE public.features (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    service_id integer NOT NULL,
    name character varying NOT NULL,
    system_name character varying NOT NULL,
    description character varying NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.features_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.features_id_seq OWNED BY public.features.id;
CREATE TABLE public.mails (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    event_id integer,
    template character varying NOT NULL,
    sender character varying NOT NULL,
    recipient character varying NOT NULL,
    subject character varying NOT NULL,
    body text NOT NULL,
    state character varying NOT NULL,
    attempts integer NOT NULL,
    error character varying NOT NULL,
    sent_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.mails_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.mails_id_seq OWNED BY public.mails.id;
CREATE TABLE public.mapping_rules (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    service_id integer NOT NULL,
    metric_id integer NOT NULL,
    http_method character varying NOT NULL,
    pattern character varying NOT NULL,
    delta integer NOT NULL,
    "position" integer NOT NULL,
    last boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.mapping_rules_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.mapping_rules_id_seq OWNED BY public.mapping_rules.id;
CREATE TABLE public.metrics (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    service_id integer NOT NULL,
    parent_id integer,
    system_name character varying NOT NULL,
    friendly_name character varying NOT NULL,
    unit character varying NOT NULL,
    description character varying NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.metrics_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.metrics_id_seq OWNED BY public.metrics.id;
CREATE TABLE public.one_time_tokens (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    user_id integer NOT NULL,
    purpose character varying NOT NULL,
    digest character varying NOT NULL,
    expires_at timestamp with time zone,
    used_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.one_time_tokens_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.one_time_tokens_id_seq OWNED BY public.one_time_tokens.id;
CREATE TABLE public.plan_features (
    plan_id integer NOT NULL,
    feature_id integer NOT NULL
);
CREATE TABLE public.providers (
    id integer NOT NULL,
    name character varying NOT NULL,
    subdomain character varying NOT NULL,
    state character varying NOT NULL,
    is_first boolean NOT NULL,
    provider_key_digest bytea NOT NULL,
    provider_key_sealed bytea NOT NULL,
    timezone character varying NOT NULL,
    from_email character varying NOT NULL,
    support_email character varying NOT NULL,
    site_access_code character varying NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    currency character varying NOT NULL
);
CREATE SEQUENCE public.providers_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.providers_id_seq OWNED BY public.providers.id;
CREATE TABLE public.proxies (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    service_id integer NOT NULL,
    api_backend character varying NOT NULL,
    api_test_path character varying NOT NULL,
    hostname_rewrite character varying NOT NULL,
    secret_token character varying NOT NULL,
    credentials_location character varying NOT NULL,
    auth_user_key character varying NOT NULL,
    auth_app_id character varying NOT NULL,
    auth_app_key character varying NOT NULL,
    error_auth_failed character varying NOT NULL,
    error_status_auth_failed integer NOT NULL,
    error_headers_auth_failed character varying NOT NULL,
    error_auth_missing character varying NOT NULL,
    error_status_auth_missing integer NOT NULL,
    error_headers_auth_missing character varying NOT NULL,
    error_no_match character varying NOT NULL,
    error_status_no_match integer NOT NULL,
    error_headers_no_match character varying NOT NULL,
    error_limits_exceeded character varying NOT NULL,
    error_status_limits_exceeded integer NOT NULL,
    error_headers_limits_exceeded character varying NOT NULL,
    api_test_success boolean,
    api_test_status integer,
    api_test_message character varying NOT NULL,
    api_tested_at timestamp with time zone,
    deployed_at timestamp with time zone,
    lock_version integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    policy_chain json NOT NULL
);
CREATE SEQUENCE public.proxies_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.proxies_id_seq OWNED BY public.proxies.id;
CREATE TABLE public.proxy_configs (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    service_id integer NOT NULL,
    environment character varying NOT NULL,
    version integer NOT NULL,
    content json NOT NULL,
    deployed_by character varying NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.proxy_configs_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.proxy_configs_id_seq OWNED BY public.proxy_configs.id;
CREATE TABLE public.response_code_totals (
    application_id integer NOT NULL,
    code integer NOT NULL,
    period character varying NOT NULL,
    window_start timestamp with time zone NOT NULL,
    service_id integer NOT NULL,
    value bigint NOT NULL
);
CREATE TABLE public.service_contracts (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    account_id integer NOT NULL,
    service_id integer NOT NULL,
    service_plan_id integer NOT NULL,
    state character varying NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.service_contracts_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.service_contracts_id_seq OWNED BY public.service_contracts.id;
CREATE TABLE public.service_plans (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    service_id integer NOT NULL,
    name character varying NOT NULL,
    system_name character varying NOT NULL,
    state character varying NOT NULL,
    is_default boolean NOT NULL,
    approval_required boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    description character varying NOT NULL,
    setup_fee numeric(14,4) NOT NULL,
    cost_per_month numeric(14,4) NOT NULL,
    trial_period_days integer NOT NULL,
    "position" integer NOT NULL
);
CREATE SEQUENCE public.service_plans_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.service_plans_id_seq OWNED BY public.service_plans.id;
CREATE TABLE public.services (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    name character varying NOT NULL,
    system_name character varying NOT NULL,
    description character varying NOT NULL,
    support_email character varying NOT NULL,
    state character varying NOT NULL,
    is_default boolean NOT NULL,
    backend_version character varying NOT NULL,
    deployment_option character varying NOT NULL,
    service_token_digest bytea NOT NULL,
    service_token_sealed bytea NOT NULL,
    buyers_manage_apps boolean NOT NULL,
    buyers_manage_keys boolean NOT NULL,
    custom_keys_enabled boolean NOT NULL,
    buyer_key_regenerate_enabled boolean NOT NULL,
    mandatory_app_key boolean NOT NULL,
    referrer_filters_required boolean NOT NULL,
    intentions_required boolean NOT NULL,
    buyer_can_select_plan boolean NOT NULL,
    buyer_plan_change_permission character varying NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.services_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.services_id_seq OWNED BY public.services.id;
CREATE TABLE public.settings (
    provider_id integer NOT NULL,
    signups_enabled boolean NOT NULL,
    useraccountarea_enabled boolean NOT NULL,
    account_plans_ui_visible boolean NOT NULL,
    service_plans_ui_visible boolean NOT NULL,
    change_account_plan_permission character varying NOT NULL,
    change_service_plan_permission character varying NOT NULL,
    public_search boolean NOT NULL,
    multiple_applications boolean NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE TABLE public.templates (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    kind character varying NOT NULL,
    name character varying NOT NULL,
    title character varying NOT NULL,
    published text,
    draft text,
    layout character varying NOT NULL,
    handler character varying NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.templates_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.templates_id_seq OWNED BY public.templates.id;
CREATE TABLE public.usage_batches (
    id character varying NOT NULL,
    folded_at timestamp with time zone NOT NULL
);
CREATE TABLE public.usage_limits (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    plan_id integer NOT NULL,
    metric_id integer NOT NULL,
    period character varying NOT NULL,
    value bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.usage_limits_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.usage_limits_id_seq OWNED BY public.usage_limits.id;
CREATE TABLE public.usage_totals (
    application_id integer NOT NULL,
    metric_id integer NOT NULL,
    period character varying NOT NULL,
    window_start timestamp with time zone NOT NULL,
    service_id integer NOT NULL,
    value bigint NOT NULL
);
CREATE TABLE public.user_sessions (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    user_id integer NOT NULL,
    digest character varying NOT NULL,
    csrf_token character varying NOT NULL,
    expires_at timestamp with time zone,
    last_seen_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.user_sessions_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.user_sessions_id_seq OWNED BY public.user_sessions.id;
CREATE TABLE public.users (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    account_id integer,
    audience character varying NOT NULL,
    username character varying NOT NULL,
    email character varying NOT NULL,
    password_hash character varying NOT NULL,
    role character varying NOT NULL,
    state character varying NOT NULL,
    first_name character varying NOT NULL,
    last_name character varying NOT NULL,
    extra_fields json NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.users_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.users_id_seq OWNED BY public.users.id;
ALTER TABLE ONLY public.access_tokens ALTER COLUMN id SET DEFAULT nextval('public.access_tokens_id_seq'::regclass);
ALTER TABLE ONLY public.account_plans ALTER COLUMN id SET DEFAULT nextval('public.account_plans_id_seq'::regclass);
ALTER TABLE ONLY public.accounts ALTER COLUMN id SET DEFAULT nextval('public.accounts_id_seq'::regclass);
ALTER TABLE ONLY public.api_docs_services ALTER COLUMN id SET DEFAULT nextval('public.api_docs_services_id_seq'::regclass);
ALTER TABLE ONLY public.application_keys ALTER COLUMN id SET DEFAULT nextval('public.application_keys_id_seq'::regclass);
ALTER TABLE ONLY public.application_plans ALTER COLUMN id SET DEFAULT nextval('public.application_plans_id_seq'::regclass);
ALTER TABLE ONLY public.applications ALTER COLUMN id SET DEFAULT nextval('public.applications_id_seq'::regclass);
ALTER TABLE ONLY public.events ALTER COLUMN id SET DEFAULT nextval('public.events_id_seq'::regclass);
ALTER TABLE ONLY public.features ALTER COLUMN id SET DEFAULT nextval('public.features_id_seq'::regclass);
ALTER TABLE ONLY public.mails ALTER COLUMN id SET DEFAULT nextval('public.mails_id_seq'::regclass);
ALTER TABLE ONLY public.mapping_rules ALTER COLUMN id SET DEFAULT nextval('public.mapping_rules_id_seq'::regclass);
ALTER TABLE ONLY public.metrics ALTER COLUMN id SET DEFAULT nextval('public.metrics_id_seq'::regclass);
ALTER TABLE ONLY public.one_time_tokens ALTER COLUMN id SET DEFAULT nextval('public.one_time_tokens_id_seq'::regclass);
ALTER TABLE ONLY public.providers ALTER COLUMN id SET DEFAULT nextval('public.providers_id_seq'::regclass);
ALTER TABLE ONLY public.proxies ALTER COLUMN id SET DEFAULT nextval('public.proxies_id_seq'::regclass);
ALTER TABLE ONLY public.proxy_configs ALTER COLUMN id SET DEFAULT nextval('public.proxy_configs_id_seq'::regclass);
ALTER TABLE ONLY public.service_contracts ALTER COLUMN id SET DEFAULT nextval('public.service_contracts_id_seq'::regclass);
ALTER TABLE ONLY public.service_plans ALTER COLUMN id SET DEFAULT nextval('public.service_plans_id_seq'::regclass);
ALTER TABLE ONLY public.services ALTER COLUMN id SET DEFAULT nextval('public.services_id_seq'::regclass);
ALTER TABLE ONLY public.templates ALTER COLUMN id SET DEFAULT nextval('public.templates_id_seq'::regclass);
ALTER TABLE ONLY public.usage_limits ALTER COLUMN id SET DEFAULT nextval('public.usage_limits_id_seq'::regclass);
ALTER TABLE ONLY public.user_sessions ALTER COLUMN id SET DEFAULT nextval('public.user_sessions_id_seq'::regclass);
ALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);
INSERT INTO public.access_tokens VALUES (1, 1, 1, 'First start', 'd02690b4ae702e08cbfe88910fdfaa4db528ec4b6f8af891798ef56b0f7c94ac27e0d86505d10c9b579e1384f4e3c560', 'f952', '["account_management", "cms", "finance", "policy_registry", "stats"]', 'rw', NULL, NULL, '2026-11-25 17:43:07.300435+00');
INSERT INTO public.access_tokens VALUES (2, 2, 3, 'First start', '8ae56b3cb3f8f687ffa70c00e34ff45f9c26758872e9d2298626dc6317dd82b82177873d2ad0636586e8f3fe65c75590', 'f879', '["account_management", "cms", "finance", "policy_registry", "stats"]', 'rw', NULL, NULL, '2026-11-25 17:43:07.441176+00');
INSERT INTO public.access_tokens VALUES (3, 1, 1, 'read only', 'dbcfb1569f830193ebfdfbd95044669b7ecf98095f84eb0bd380de9b7542e98db710bdfe62333d60652a786a25e0064c', '236e', '["account_management"]', 'ro', '2999-01-01 00:00:00+00', NULL, '2026-11-25 17:43:07.655626+00');
INSERT INTO public.account_plans VALUES (1, 1, 'Default', 'default', 'published', true, false, '2026-11-25 17:43:07.294946+00', '2026-11-25 17:43:07.294955+00', '', 0.0000, 0.0000, 0, 1);
INSERT INTO public.account_plans VALUES (2, 2, 'Default', 'default', 'published', true, false, '2026-11-25 17:43:07.439306+00', '2026-11-25 17:43:07.439314+00', '', 0.0000, 0.0000, 0, 1);
INSERT INTO public.account_plans VALUES (3, 1, 'Silver', 'silver', 'published', false, true, '2026-11-25 17:43:07.589139+00', '2026-11-25 17:43:07.58915+00', '', 0.0000, 0.0000, 0, 2);
INSERT INTO public.accounts VALUES (1, 1, 'Developer', 'approved', 1, false, '{}', NULL, '2026-11-25 17:43:07.34489+00', '2026-11-25 17:43:07.425145+00');
INSERT INTO public.accounts VALUES (2, 2, 'Developer', 'approved', 2, false, '{}', NULL, '2026-11-25 17:43:07.466869+00', '2026-11-25 17:43:07.473557+00');
INSERT INTO public.accounts VALUES (4, 1, 'Circus', 'pending', 3, true, '{}', NULL, '2026-11-25 17:43:07.615391+00', '2026-11-25 17:43:07.624844+00');
INSERT INTO public.accounts VALUES (5, 1, 'Farm', 'created', 1, false, '{}', NULL, '2026-11-25 17:43:07.627542+00', '2026-11-25 17:43:07.627552+00');
INSERT INTO public.accounts VALUES (3, 1, 'Zoo', 'approved', 3, true, '{}', NULL, '2026-11-25 17:43:07.603944+00', '2026-11-25 17:43:07.63478+00');
INSERT INTO public.alembic_version VALUES ('0007_policy_chain');
INSERT INTO public.api_docs_services VALUES (1, 1, 1, 'Echo API', 'echo_api', 'Answers what it received.', '{
  "openapi": "3.0.3",
  "info": {
    "title": "Echo API",
    "description": "A sample API: it accepts any path and answers what it received.",
    "version": "1.0.0"
  },
  "servers": [
    {
      "url": "/gateway/staging/api"
    }
  ],
  "security": [
    {
      "user_key": []
    }
  ],
  "paths": {
    "/": {
      "get": {
        "operationId": "echo",
        "summary": "Echo a call",
        "responses": {
          "200": {
            "description": "What the API received: method, path, args, headers and body.",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object"
                }
              }
            }
          },
          "403": {
            "description": "The key is missing or wrong."
          },
          "429": {
            "description": "A limit of your plan is used up."
          }
        }
      }
    },
    "/{path}": {
      "get": {
        "operationId": "echoPath",
        "summary": "Echo a call to any path",
        "parameters": [
          {
            "name": "path",
            "in": "path",
            "required": true,
            "schema": {
              "type": "string"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "What the API received: method, path, args, headers and body.",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object"
                }
              }
            }
          },
          "403": {
            "description": "The key is missing or wrong."
          },
          "429": {
            "description": "A limit of your plan is used up."
          }
        }
      }
    }
  },
  "components": {
    "securitySchemes": {
      "user_key": {
        "type": "apiKey",
        "in": "query",
        "name": "user_key"
      }
    }
  }
}', true, false, '2026-11-25 17:43:07.336788+00', '2026-11-25 17:43:07.336798+00');
INSERT INTO public.api_docs_services VALUES (2, 2, 2, 'Echo API', 'echo_api', 'Answers what it received.', '{
  "openapi": "3.0.3",
  "info": {
    "title": "Echo API",
    "description": "A sample API: it accepts any path and answers what it received.",
    "version": "1.0.0"
  },
  "servers": [
    {
      "url": "http://api-globex.staging.localhost:8000"
    }
  ],
  "security": [
    {
      "user_key": []
    }
  ],
  "paths": {
    "/": {
      "get": {
        "operationId": "echo",
        "summary": "Echo a call",
        "responses": {
          "200": {
            "description": "What the API received: method, path, args, headers and body.",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object"
                }
              }
            }
          },
          "403": {
            "description": "The key is missing or wrong."
          },
          "429": {
            "description": "A limit of your plan is used up."
          }
        }
      }
    },
    "/{path}": {
      "get": {
        "operationId": "echoPath",
        "summary": "Echo a call to any path",
        "parameters": [
          {
            "name": "path",
            "in": "path",
            "required": true,
            "schema": {
              "type": "string"
            }
          }
        ],
        "responses": {
          "200": {
            "description": "What the API received: method, path, args, headers and body.",
            "content": {
              "application/json": {
                "schema": {
                  "type": "object"
                }
              }
            }
          },
          "403": {
            "description": "The key is missing or wrong."
          },
          "429": {
            "description": "A limit of your plan is used up."
          }
        }
      }
    }
  },
  "components": {
    "securitySchemes": {
      "user_key": {
        "type": "apiKey",
        "in": "query",
        "name": "user_key"
      }
    }
  }
}', true, false, '2026-11-25 17:43:07.463124+00', '2026-11-25 17:43:07.463134+00');
INSERT INTO public.api_docs_services VALUES (3, 1, 3, 'Pets', 'pets', '', '{"openapi": "3.1.0", "info": {"title": "Pets"}, "paths": {}}', true, false, '2026-11-25 17:43:07.558374+00', '2026-11-25 17:43:07.558384+00');
INSERT INTO public.application_keys VALUES (1, 1, 8, '\xd701bed0268fbadbf6b4916636f58321c4ad810e1402e4b691f75c5a8c150ccf', '\x7ae28d4a3a6c4b20c3dd95bf7afbc44ae8e277949f4c7d46f1649144f952ad7b1f13fb', '2026-11-25 17:43:07.642218+00');
INSERT INTO public.application_keys VALUES (2, 1, 8, '\x8fb830d3ef61f7d2bac6be36e67205a12fe6ae168b353c89a854905a44952956', '\x03bf8d0710a4918a35dc3ceb0572b68bc63f0442069b1a2eadd82302c48c4193777788', '2026-11-25 17:43:07.644432+00');
INSERT INTO public.application_plans VALUES (2, 1, 1, 'Unlimited', 'unlimited', '', 'published', false, false, 0.0000, 0.0000, 0, 2, '2026-11-25 17:43:07.325548+00', '2026-11-25 17:43:07.327779+00');
INSERT INTO public.application_plans VALUES (1, 1, 1, 'Basic', 'basic', '', 'published', true, false, 0.0000, 0.0000, 0, 1, '2026-11-25 17:43:07.32247+00', '2026-11-25 17:43:07.330289+00');
INSERT INTO public.application_plans VALUES (4, 2, 2, 'Unlimited', 'unlimited', '', 'published', false, false, 0.0000, 0.0000, 0, 2, '2026-11-25 17:43:07.454435+00', '2026-11-25 17:43:07.45621+00');
INSERT INTO public.application_plans VALUES (3, 2, 2, 'Basic', 'basic', '', 'published', true, false, 0.0000, 0.0000, 0, 1, '2026-11-25 17:43:07.452407+00', '2026-11-25 17:43:07.457627+00');
INSERT INTO public.application_plans VALUES (6, 1, 3, 'Free', 'free', '', 'hidden', true, false, 0.0000, 0.0000, 0, 2, '2026-11-25 17:43:07.550447+00', '2026-11-25 17:43:07.55369+00');
INSERT INTO public.application_plans VALUES (5, 1, 3, 'Gold', 'gold', 'For zoos.', 'published', false, false, 120.5000, 9.9000, 14, 3, '2026-11-25 17:43:07.537988+00', '2026-11-25 17:43:07.586138+00');
INSERT INTO public.application_plans VALUES (7, 1, 3, 'Hidden', 'hidden', '', 'hidden', false, true, 0.0000, 0.0100, 0, 3, '2026-11-25 17:43:07.587552+00', '2026-11-25 17:43:07.587563+00');
INSERT INTO public.application_plans VALUES (8, 1, 3, 'Gold (copy)', 'gold_copy_4', 'For zoos.', 'hidden', false, false, 120.5000, 9.9000, 14, 4, '2026-11-25 17:43:07.596805+00', '2026-11-25 17:43:07.596816+00');
INSERT INTO public.applications VALUES (1, 1, 1, 1, 1, 'Developer''s App', 'API signup', 'live', 'e71e63f0', '\x39bdd6f4f1a85a76cfceacf41236d47d8caab043aa8c51360bfb85372fa7bf70', '\x26a6c4f35aa994beb10ae4bcc7a4ec09d503a6bfa1373c6990d53d577f502f7a3e132cc4a2c0e5327268fd871d3c4fc7e16311543f0d78f19d1505af', '', 'api', '{}', NULL, '2026-11-25 17:43:07.421486+00', '2026-11-25 17:43:07.421504+00');
INSERT INTO public.applications VALUES (2, 2, 2, 2, 3, 'Developer''s App', 'API signup', 'live', 'ae6e213c', '\xe668a5dce292977fc061d2687a499e7d4d60fd13e71627d3979becab58dd3eaf', '\x33041763d069f892a3d87b5c75b7db8d9951b845f10a0c80ecc6b9466cf0d9a076119ce31ad0831300d85d29fbe61f97541df9c78db0faf2d977acda', '', 'api', '{}', NULL, '2026-11-25 17:43:07.471829+00', '2026-11-25 17:43:07.471838+00');
INSERT INTO public.applications VALUES (3, 1, 3, 3, 5, 'Zoo app', 'Created at signup.', 'live', 'e57693e4', '\xcdb2805fa919af763e0d6817c59a604b51273c10dd3fb1a759c7f7e748ad11c8', '\x252f4d44ecb61607a170239375b7560d1694bb766d2a0df18ed5891883b2401d17f421093c34c1473a03a8b98de4f7a4eac11e3391cb5d243d2c589c', '', 'provider', '{}', NULL, '2026-11-25 17:43:07.610288+00', '2026-11-25 17:43:07.610298+00');
INSERT INTO public.applications VALUES (4, 1, 4, 1, 1, 'Circus''s App', 'Created at signup.', 'live', '1b7cbb41', '\x310ef2effebf526c586da5f7f837f2c300d1044d547ef352583870b1219b9a08', '\x535873f27b36d0a9b1c24450e3b8d44eedfd57180ef2fa742dc7f6813ec5fb2b56d4ce6468ca1f0b6ef9c9fec2ac0d21519f926562d75c18c386fa39', '', 'provider', '{}', NULL, '2026-11-25 17:43:07.620992+00', '2026-11-25 17:43:07.621001+00');
INSERT INTO public.applications VALUES (5, 1, 4, 3, 6, 'Circus''s App', 'Created at signup.', 'live', '99dd4cc4', '\xe42fa3f3b3d2805769003588eecb8580860fc73c6df65b36848b0ab922982293', '\x56effb5e58c6e5e3e055d440c4ae3934ca6dac401a8f3b8141b77b4df23e259b7dde543530ce93cf214e8af971d50339ad247107e93db92ab20a1269', '', 'provider', '{}', NULL, '2026-11-25 17:43:07.623062+00', '2026-11-25 17:43:07.623071+00');
INSERT INTO public.applications VALUES (6, 1, 5, 3, 6, 'API signup', 'API signup', 'live', '6a4e9ca7', '\xcf78cb491c576b10621821f0a3cb0b65d70af466668e763ba01f2747ae3eb0f7', '\xb77467c7a4d4170b98643ee24fffa3ba2c3c0a837f0e58fdcec1ae9c38a295ec4ffc094e1924f6c314716b10c6b8fa346cc5bc84bc01d826d4fd98ff', '', 'api', '{}', NULL, '2026-11-25 17:43:07.632785+00', '2026-11-25 17:43:07.632795+00');
INSERT INTO public.applications VALUES (7, 1, 3, 3, 7, 'Waits', '', 'pending', '3098e1b0', '\x277d51870458cd0e5bdd4e39c50101f3946dac830e585b06ddad43ce88ae5a27', '\x537b05cc0badc6aa599a7dd73a308bd9ee4af9bf6b24b421f88f24d6fb25f42aa441ac3c74b84f429b60889d2ba05b645f9f3915dbbb727c11ce9d20', '', 'provider', '{}', NULL, '2026-11-25 17:43:07.636894+00', '2026-11-25 17:43:07.636903+00');
INSERT INTO public.applications VALUES (8, 1, 3, 3, 6, 'Out of order', '', 'suspended', 'the-zoo-app', '\xf634e3f83fa31f63087c3ddc3494f87fa535228e581338fc792d3a051bd30e5b', '\x60e6d5c9910d3e7c5930f90f54c4fa1131b14821904ce1a9048ab66fd7a8e714ddcafa8e631d55c63e4c04761514ba914b225501837ee341371dbfde', '', 'provider', '{}', NULL, '2026-11-25 17:43:07.639371+00', '2026-11-25 17:43:07.645863+00');
INSERT INTO public.applications VALUES (9, 1, 3, 3, 5, 'Fixed key', '', 'live', '4bbd55b1', '\xc3dacbe222b69df9b92a2316aca59361e28e0f8e5e63872305250214028a5492', '\x2ca92ec72d0a8a45e651301529194abac21cca2a7620f16a19df38db298964e53bd55c757ef89853db5aa5298a40e1ddc29d7930720a8f', '', 'provider', '{}', NULL, '2026-11-25 17:43:07.647536+00', '2026-11-25 17:43:07.647546+00');
INSERT INTO public.events VALUES (1, 1, 'provider.created', 'system', NULL, NULL, NULL, 1, '{}', '2026-11-25 17:43:07.300592+00', NULL, '{}');
INSERT INTO public.events VALUES (2, 1, 'service.created', 'system', NULL, NULL, 1, 1, '{}', '2026-11-25 17:43:07.315367+00', NULL, '{}');
INSERT INTO public.events VALUES (3, 1, 'feature.created', 'system', NULL, NULL, 1, 1, '{}', '2026-11-25 17:43:07.317828+00', NULL, '{}');
INSERT INTO public.events VALUES (4, 1, 'feature.created', 'system', NULL, NULL, 1, 2, '{}', '2026-11-25 17:43:07.319306+00', NULL, '{}');
INSERT INTO public.events VALUES (5, 1, 'feature.created', 'system', NULL, NULL, 1, 3, '{}', '2026-11-25 17:43:07.320828+00', NULL, '{}');
INSERT INTO public.events VALUES (6, 1, 'plan.created', 'system', NULL, NULL, 1, 1, '{"plan": [null, "ApplicationPlan"]}', '2026-11-25 17:43:07.324488+00', NULL, '{}');
INSERT INTO public.events VALUES (7, 1, 'plan.created', 'system', NULL, NULL, 1, 2, '{"plan": [null, "ApplicationPlan"]}', '2026-11-25 17:43:07.326558+00', NULL, '{}');
INSERT INTO public.events VALUES (8, 1, 'plan.updated', 'system', NULL, NULL, 1, 1, '{"plan": [null, "ApplicationPlan"], "is_default": [false, true]}', '2026-11-25 17:43:07.329571+00', NULL, '{}');
INSERT INTO public.events VALUES (9, 1, 'plan.updated', 'system', NULL, NULL, 1, 1, '{"feature": ["Unlimited Greetings", true]}', '2026-11-25 17:43:07.331656+00', NULL, '{}');
INSERT INTO public.events VALUES (10, 1, 'plan.updated', 'system', NULL, NULL, 1, 2, '{"feature": ["Unlimited Greetings", true]}', '2026-11-25 17:43:07.333242+00', NULL, '{}');
INSERT INTO public.events VALUES (11, 1, 'plan.updated', 'system', NULL, NULL, 1, 2, '{"feature": ["24/7 support", true]}', '2026-11-25 17:43:07.334438+00', NULL, '{}');
INSERT INTO public.events VALUES (12, 1, 'plan.updated', 'system', NULL, NULL, 1, 2, '{"feature": ["Unlimited calls", true]}', '2026-11-25 17:43:07.335638+00', NULL, '{}');
INSERT INTO public.events VALUES (13, 1, 'api_docs.created', 'system', NULL, NULL, 1, 1, '{}', '2026-11-25 17:43:07.338943+00', NULL, '{}');
INSERT INTO public.events VALUES (14, 1, 'account.created', 'system', NULL, 1, NULL, 1, '{}', '2026-11-25 17:43:07.350087+00', NULL, '{}');
INSERT INTO public.events VALUES (15, 1, 'user.created', 'system', NULL, 1, NULL, 2, '{}', '2026-11-25 17:43:07.350607+00', NULL, '{}');
INSERT INTO public.events VALUES (16, 1, 'application.created', 'system', NULL, 1, 1, 1, '{}', '2026-11-25 17:43:07.424143+00', NULL, '{}');
INSERT INTO public.events VALUES (17, 1, 'proxy_config.deployed', 'system', NULL, NULL, 1, 1, '{"version": [null, 1]}', '2026-11-25 17:43:07.433537+00', NULL, '{}');
INSERT INTO public.events VALUES (18, 1, 'proxy_config.promoted', 'system', NULL, NULL, 1, 2, '{"version": [null, 1]}', '2026-11-25 17:43:07.435751+00', NULL, '{}');
INSERT INTO public.events VALUES (19, 2, 'provider.created', 'system', NULL, NULL, NULL, 2, '{}', '2026-11-25 17:43:07.441266+00', NULL, '{}');
INSERT INTO public.events VALUES (20, 2, 'service.created', 'system', NULL, NULL, 2, 2, '{}', '2026-11-25 17:43:07.44707+00', NULL, '{}');
INSERT INTO public.events VALUES (21, 2, 'feature.created', 'system', NULL, NULL, 2, 4, '{}', '2026-11-25 17:43:07.44853+00', NULL, '{}');
INSERT INTO public.events VALUES (22, 2, 'feature.created', 'system', NULL, NULL, 2, 5, '{}', '2026-11-25 17:43:07.449942+00', NULL, '{}');
INSERT INTO public.events VALUES (23, 2, 'feature.created', 'system', NULL, NULL, 2, 6, '{}', '2026-11-25 17:43:07.451409+00', NULL, '{}');
INSERT INTO public.events VALUES (24, 2, 'plan.created', 'system', NULL, NULL, 2, 3, '{"plan": [null, "ApplicationPlan"]}', '2026-11-25 17:43:07.453497+00', NULL, '{}');
INSERT INTO public.events VALUES (25, 2, 'plan.created', 'system', NULL, NULL, 2, 4, '{"plan": [null, "ApplicationPlan"]}', '2026-11-25 17:43:07.455404+00', NULL, '{}');
INSERT INTO public.events VALUES (26, 2, 'plan.updated', 'system', NULL, NULL, 2, 3, '{"plan": [null, "ApplicationPlan"], "is_default": [false, true]}', '2026-11-25 17:43:07.45716+00', NULL, '{}');
INSERT INTO public.events VALUES (27, 2, 'plan.updated', 'system', NULL, NULL, 2, 3, '{"feature": ["Unlimited Greetings", true]}', '2026-11-25 17:43:07.458487+00', NULL, '{}');
INSERT INTO public.events VALUES (28, 2, 'plan.updated', 'system', NULL, NULL, 2, 4, '{"feature": ["Unlimited Greetings", true]}', '2026-11-25 17:43:07.459799+00', NULL, '{}');
INSERT INTO public.events VALUES (29, 2, 'plan.updated', 'system', NULL, NULL, 2, 4, '{"feature": ["24/7 support", true]}', '2026-11-25 17:43:07.461072+00', NULL, '{}');
INSERT INTO public.events VALUES (30, 2, 'plan.updated', 'system', NULL, NULL, 2, 4, '{"feature": ["Unlimited calls", true]}', '2026-11-25 17:43:07.462171+00', NULL, '{}');
INSERT INTO public.events VALUES (31, 2, 'api_docs.created', 'system', NULL, NULL, 2, 2, '{}', '2026-11-25 17:43:07.464236+00', NULL, '{}');
INSERT INTO public.events VALUES (32, 2, 'account.created', 'system', NULL, 2, NULL, 2, '{}', '2026-11-25 17:43:07.470124+00', NULL, '{}');
INSERT INTO public.events VALUES (33, 2, 'user.created', 'system', NULL, 2, NULL, 4, '{}', '2026-11-25 17:43:07.470655+00', NULL, '{}');
INSERT INTO public.events VALUES (34, 2, 'application.created', 'system', NULL, 2, 2, 2, '{}', '2026-11-25 17:43:07.472951+00', NULL, '{}');
INSERT INTO public.events VALUES (35, 2, 'proxy_config.deployed', 'system', NULL, NULL, 2, 3, '{"version": [null, 1]}', '2026-11-25 17:43:07.477966+00', NULL, '{}');
INSERT INTO public.events VALUES (36, 2, 'proxy_config.promoted', 'system', NULL, NULL, 2, 4, '{"version": [null, 1]}', '2026-11-25 17:43:07.480264+00', NULL, '{}');
INSERT INTO public.events VALUES (37, 1, 'service.created', 'system', NULL, NULL, 3, 3, '{}', '2026-11-25 17:43:07.5055+00', NULL, '{}');
INSERT INTO public.events VALUES (38, 1, 'mapping_rule.deleted', 'system', NULL, NULL, 3, 3, '{}', '2026-11-25 17:43:07.506539+00', NULL, '{}');
INSERT INTO public.events VALUES (39, 1, 'plan.deleted', 'system', NULL, NULL, 3, 3, '{"plan": [null, "ServicePlan"]}', '2026-11-25 17:43:07.509194+00', NULL, '{}');
INSERT INTO public.events VALUES (40, 1, 'service.updated', 'system', NULL, NULL, 3, 3, '{"is_default": [false, true]}', '2026-11-25 17:43:07.511281+00', NULL, '{}');
INSERT INTO public.events VALUES (41, 1, 'metric.created', 'system', NULL, NULL, 3, 4, '{}', '2026-11-25 17:43:07.515585+00', NULL, '{}');
INSERT INTO public.events VALUES (42, 1, 'metric.created', 'system', NULL, NULL, 3, 5, '{}', '2026-11-25 17:43:07.518244+00', NULL, '{}');
INSERT INTO public.events VALUES (43, 1, 'mapping_rule.created', 'system', NULL, NULL, 3, 4, '{}', '2026-11-25 17:43:07.521533+00', NULL, '{}');
INSERT INTO public.events VALUES (44, 1, 'mapping_rule.created', 'system', NULL, NULL, 3, 5, '{}', '2026-11-25 17:43:07.524292+00', NULL, '{}');
INSERT INTO public.events VALUES (45, 1, 'mapping_rule.created', 'system', NULL, NULL, 3, 6, '{}', '2026-11-25 17:43:07.527047+00', NULL, '{}');
INSERT INTO public.events VALUES (46, 1, 'proxy.updated', 'system', NULL, NULL, 3, 3, '{"api_backend": ["http://localhost:8000/echo", "https://pets.example.com:443"], "error_status_no_match": [404, 418]}', '2026-11-25 17:43:07.529231+00', NULL, '{}');
INSERT INTO public.events VALUES (47, 1, 'proxy_config.deployed', 'system', NULL, NULL, 3, 5, '{"version": [null, 1]}', '2026-11-25 17:43:07.534771+00', NULL, '{}');
INSERT INTO public.events VALUES (48, 1, 'feature.created', 'system', NULL, NULL, 3, 7, '{}', '2026-11-25 17:43:07.536599+00', NULL, '{}');
INSERT INTO public.events VALUES (49, 1, 'plan.created', 'system', NULL, NULL, 3, 5, '{"plan": [null, "ApplicationPlan"]}', '2026-11-25 17:43:07.539049+00', NULL, '{}');
INSERT INTO public.events VALUES (50, 1, 'plan.updated', 'system', NULL, NULL, 3, 5, '{"feature": ["Kittens", true]}', '2026-11-25 17:43:07.541375+00', NULL, '{}');
INSERT INTO public.events VALUES (51, 1, 'usage_limit.set', 'system', NULL, NULL, 3, 1, '{"plan_id": [5, 5], "period": ["minute", "minute"], "value": [null, 5]}', '2026-11-25 17:43:07.546084+00', NULL, '{}');
INSERT INTO public.events VALUES (52, 1, 'usage_limit.set', 'system', NULL, NULL, 3, 2, '{"plan_id": [5, 5], "period": ["day", "day"], "value": [null, 1]}', '2026-11-25 17:43:07.548987+00', NULL, '{}');
INSERT INTO public.events VALUES (53, 1, 'plan.created', 'system', NULL, NULL, 3, 6, '{"plan": [null, "ApplicationPlan"]}', '2026-11-25 17:43:07.551513+00', NULL, '{}');
INSERT INTO public.events VALUES (54, 1, 'plan.updated', 'system', NULL, NULL, 3, 6, '{"plan": [null, "ApplicationPlan"], "is_default": [false, true]}', '2026-11-25 17:43:07.553229+00', NULL, '{}');
INSERT INTO public.events VALUES (55, 1, 'plan.created', 'system', NULL, NULL, 3, 4, '{"plan": [null, "ServicePlan"]}', '2026-11-25 17:43:07.55725+00', NULL, '{}');
INSERT INTO public.events VALUES (56, 1, 'api_docs.created', 'system', NULL, NULL, 3, 3, '{}', '2026-11-25 17:43:07.559438+00', NULL, '{}');
INSERT INTO public.events VALUES (57, 1, 'template.updated', 'system', NULL, NULL, NULL, 1, '{"template": [null, "page /docs"]}', '2026-11-25 17:43:07.564072+00', NULL, '{}');
INSERT INTO public.events VALUES (58, 1, 'template.updated', 'system', NULL, NULL, NULL, 2, '{"template": [null, "partial a.b/c"]}', '2026-11-25 17:43:07.566156+00', NULL, '{}');
INSERT INTO public.events VALUES (59, 1, 'plan.updated', 'system', NULL, NULL, 3, 5, '{"plan": [null, "ApplicationPlan"], "description": ["", "For zoos."], "setup_fee": ["0.00", "120.50"], "trial_period_days": [0, 14], "position": [1, 3]}', '2026-11-25 17:43:07.585337+00', NULL, '{}');
INSERT INTO public.events VALUES (60, 1, 'plan.created', 'system', NULL, NULL, 3, 7, '{"plan": [null, "ApplicationPlan"]}', '2026-11-25 17:43:07.588592+00', NULL, '{}');
INSERT INTO public.events VALUES (61, 1, 'plan.created', 'system', NULL, NULL, NULL, 3, '{"plan": [null, "AccountPlan"]}', '2026-11-25 17:43:07.59013+00', NULL, '{}');
INSERT INTO public.events VALUES (62, 1, 'plan.updated', 'system', NULL, NULL, 3, 4, '{"plan": [null, "ServicePlan"], "state": ["hidden", "published"]}', '2026-11-25 17:43:07.5915+00', NULL, '{}');
INSERT INTO public.events VALUES (63, 1, 'plan.updated', 'system', NULL, NULL, 3, 4, '{"plan": [null, "ServicePlan"], "is_default": [false, true]}', '2026-11-25 17:43:07.594509+00', NULL, '{}');
INSERT INTO public.events VALUES (64, 1, 'plan.created', 'system', NULL, NULL, 3, 8, '{"plan": [null, "ApplicationPlan"]}', '2026-11-25 17:43:07.597745+00', NULL, '{}');
INSERT INTO public.events VALUES (65, 1, 'account.created', 'system', NULL, 3, NULL, 3, '{}', '2026-11-25 17:43:07.607197+00', NULL, '{}');
INSERT INTO public.events VALUES (66, 1, 'user.created', 'system', NULL, 3, NULL, 5, '{}', '2026-11-25 17:43:07.607723+00', NULL, '{}');
INSERT INTO public.events VALUES (67, 1, 'application.created', 'system', NULL, 3, 3, 3, '{}', '2026-11-25 17:43:07.611442+00', NULL, '{}');
INSERT INTO public.events VALUES (68, 1, 'account.created', 'system', NULL, 4, NULL, 4, '{}', '2026-11-25 17:43:07.618531+00', NULL, '{}');
INSERT INTO public.events VALUES (69, 1, 'user.created', 'system', NULL, 4, NULL, 6, '{}', '2026-11-25 17:43:07.619047+00', NULL, '{}');
INSERT INTO public.events VALUES (70, 1, 'application.created', 'system', NULL, 4, 1, 4, '{}', '2026-11-25 17:43:07.622097+00', NULL, '{}');
INSERT INTO public.events VALUES (71, 1, 'application.created', 'system', NULL, 4, 3, 5, '{}', '2026-11-25 17:43:07.624133+00', NULL, '{}');
INSERT INTO public.events VALUES (72, 1, 'account.pending', 'system', NULL, 4, NULL, 4, '{"state": ["created", "pending"]}', '2026-11-25 17:43:07.624657+00', NULL, '{}');
INSERT INTO public.events VALUES (73, 1, 'account.created', 'system', NULL, 5, NULL, 5, '{}', '2026-11-25 17:43:07.630046+00', NULL, '{}');
INSERT INTO public.events VALUES (74, 1, 'user.created', 'system', NULL, 5, NULL, 7, '{}', '2026-11-25 17:43:07.630617+00', NULL, '{}');
INSERT INTO public.events VALUES (75, 1, 'application.created', 'system', NULL, 5, 3, 6, '{}', '2026-11-25 17:43:07.633851+00', NULL, '{}');
INSERT INTO public.events VALUES (76, 1, 'account.updated', 'system', NULL, 3, NULL, 3, '{"account_plan_id": [1, 3]}', '2026-11-25 17:43:07.634404+00', NULL, '{}');
INSERT INTO public.events VALUES (77, 1, 'application.created', 'system', NULL, 3, 3, 7, '{}', '2026-11-25 17:43:07.637911+00', NULL, '{}');
INSERT INTO public.events VALUES (78, 1, 'application.created', 'system', NULL, 3, 3, 8, '{}', '2026-11-25 17:43:07.640466+00', NULL, '{}');
INSERT INTO public.events VALUES (79, 1, 'application.key_created', 'system', NULL, 3, 3, 8, '{}', '2026-11-25 17:43:07.64344+00', NULL, '{}');
INSERT INTO public.events VALUES (80, 1, 'application.key_created', 'system', NULL, 3, 3, 8, '{}', '2026-11-25 17:43:07.645001+00', NULL, '{}');
INSERT INTO public.events VALUES (81, 1, 'application.suspended', 'system', NULL, 3, 3, 8, '{"state": ["live", "suspended"]}', '2026-11-25 17:43:07.645515+00', NULL, '{}');
INSERT INTO public.events VALUES (82, 1, 'application.created', 'system', NULL, 3, 3, 9, '{}', '2026-11-25 17:43:07.648545+00', NULL, '{}');
INSERT INTO public.events VALUES (83, 1, 'setting.updated', 'system', NULL, NULL, NULL, 1, '{"public_search": [false, true]}', '2026-11-25 17:43:07.649498+00', NULL, '{}');
INSERT INTO public.events VALUES (84, 1, 'user.logged_in', 'admin', 1, NULL, NULL, 1, '{}', '2026-11-25 17:43:07.653852+00', NULL, '{}');
INSERT INTO public.events VALUES (85, 1, 'access_token.created', 'admin', 1, NULL, NULL, 3, '{}', '2026-11-25 17:43:07.656299+00', NULL, '{}');
INSERT INTO public.events VALUES (86, 1, 'proxy_config.promoted', 'system', NULL, NULL, 3, 6, '{"version": [null, 1]}', '2026-11-25 17:43:07.661143+00', NULL, '{}');
INSERT INTO public.events VALUES (87, 1, 'user.logged_in', 'keeper', 5, 3, NULL, 5, '{}', '2026-11-25 17:43:07.662344+00', NULL, '{}');
INSERT INTO public.events VALUES (88, 1, 'proxy.updated', 'system', NULL, NULL, 1, 1, '{"policy_chain": [[], [{"name": "headers", "version": "builtin", "configuration": {"request": [{"op": "set", "header": "Authorization", "value_type": "plain", "value": "Bearer secret-of-a-chain-0123456789"}]}}, {"name": "apicast", "version": "builtin", "configuration": {}}]]}', '2026-11-25 21:47:00.698991+00', NULL, '{}');
INSERT INTO public.events VALUES (89, 1, 'proxy_config.deployed', 'system', NULL, NULL, 1, 7, '{"version": [1, 2]}', '2026-11-25 21:47:00.709909+00', NULL, '{}');
INSERT INTO public.events VALUES (90, 1, 'proxy_config.promoted', 'system', NULL, NULL, 1, 8, '{"version": [1, 2]}', '2026-11-25 21:47:00.712379+00', NULL, '{}');
INSERT INTO public.events VALUES (91, 1, 'proxy.updated', 'system', NULL, NULL, 1, 1, '{"auth_user_key": ["user_key", "key"]}', '2026-11-25 21:47:00.714701+00', NULL, '{}');
INSERT INTO public.events VALUES (92, 1, 'proxy_config.deployed', 'system', NULL, NULL, 1, 9, '{"version": [2, 3]}', '2026-11-25 21:47:00.719427+00', NULL, '{}');
INSERT INTO public.features VALUES (1, 1, 1, 'Unlimited Greetings', 'unlimited_greetings', '', '2026-11-25 17:43:07.316047+00');
INSERT INTO public.features VALUES (2, 1, 1, '24/7 support', '24_7_support', '', '2026-11-25 17:43:07.318421+00');
INSERT INTO public.features VALUES (3, 1, 1, 'Unlimited calls', 'unlimited_calls', '', '2026-11-25 17:43:07.319879+00');
INSERT INTO public.features VALUES (4, 2, 2, 'Unlimited Greetings', 'unlimited_greetings', '', '2026-11-25 17:43:07.447569+00');
INSERT INTO public.features VALUES (5, 2, 2, '24/7 support', '24_7_support', '', '2026-11-25 17:43:07.449024+00');
INSERT INTO public.features VALUES (6, 2, 2, 'Unlimited calls', 'unlimited_calls', '', '2026-11-25 17:43:07.450416+00');
INSERT INTO public.features VALUES (7, 1, 3, 'Kittens', 'kittens', '', '2026-11-25 17:43:07.535682+00');
INSERT INTO public.mails VALUES (1, 1, 1, 'welcome', 'a@acme.example', 'keeper@zoo.example', 'Hello; it''s ''you''', 'Line
"two" ünïcode', 'kept', 0, '', NULL, '2026-11-25 17:43:07.664904+00');
INSERT INTO public.mapping_rules VALUES (1, 1, 1, 1, 'GET', '/', 1, 1, false, '2026-11-25 17:43:07.310395+00', '2026-11-25 17:43:07.310408+00');
INSERT INTO public.mapping_rules VALUES (2, 2, 2, 2, 'GET', '/', 1, 1, false, '2026-11-25 17:43:07.445415+00', '2026-11-25 17:43:07.445426+00');
INSERT INTO public.mapping_rules VALUES (4, 1, 3, 5, 'POST', '/adoptions', 1, 1, true, '2026-11-25 17:43:07.520434+00', '2026-11-25 17:43:07.520445+00');
INSERT INTO public.mapping_rules VALUES (5, 1, 3, 3, 'GET', '/', 1, 2, false, '2026-11-25 17:43:07.523305+00', '2026-11-25 17:43:07.523315+00');
INSERT INTO public.mapping_rules VALUES (6, 1, 3, 4, 'GET', '/', 10, 3, false, '2026-11-25 17:43:07.526033+00', '2026-11-25 17:43:07.526043+00');
INSERT INTO public.metrics VALUES (1, 1, 1, NULL, 'hits', 'Hits', 'hit', '', '2026-11-25 17:43:07.308489+00', '2026-11-25 17:43:07.308502+00');
INSERT INTO public.metrics VALUES (2, 2, 2, NULL, 'hits', 'Hits', 'hit', '', '2026-11-25 17:43:07.444437+00', '2026-11-25 17:43:07.444448+00');
INSERT INTO public.metrics VALUES (3, 1, 3, NULL, 'hits', 'Hits', 'hit', '', '2026-11-25 17:43:07.502794+00', '2026-11-25 17:43:07.502805+00');
INSERT INTO public.metrics VALUES (4, 1, 3, NULL, 'bytes', 'Bytes', 'byte', '', '2026-11-25 17:43:07.514609+00', '2026-11-25 17:43:07.514619+00');
INSERT INTO public.metrics VALUES (5, 1, 3, 3, 'adopt', 'Adopt', 'hit', '', '2026-11-25 17:43:07.517251+00', '2026-11-25 17:43:07.517262+00');
INSERT INTO public.one_time_tokens VALUES (1, 1, 5, 'password_reset', '50acbaac419e9b73879366fe5ab7c028304bbe1bff774d8fdad49494a4c5ac34a616c20cfa563b0108670f8155091d31', '2026-11-26 17:43:07.657712+00', NULL, '2026-11-25 17:43:07.657767+00');
INSERT INTO public.plan_features VALUES (1, 1);
INSERT INTO public.plan_features VALUES (2, 1);
INSERT INTO public.plan_features VALUES (2, 2);
INSERT INTO public.plan_features VALUES (2, 3);
INSERT INTO public.plan_features VALUES (3, 4);
INSERT INTO public.plan_features VALUES (4, 4);
INSERT INTO public.plan_features VALUES (4, 5);
INSERT INTO public.plan_features VALUES (4, 6);
INSERT INTO public.plan_features VALUES (5, 7);
INSERT INTO public.plan_features VALUES (8, 7);
INSERT INTO public.providers VALUES (1, 'Acme', 'acme', 'approved', true, '\xfd81a809f298dac4ac47451d157fa404b8dc33c1bf50127eaa79808892668588', '\x7e944b459758cf2f620ea2d6a2a1df2878fb8918e1e91a8b10654b375aafe2a5bdbf5f444d46aab6af67afbd2a9f935be7eed43fa8741e4bc9840344', 'UTC', 'admin@acme.example', 'admin@acme.example', '', '2026-11-25 17:43:07.292524+00', '2026-11-25 17:43:07.297016+00', 'USD');
INSERT INTO public.providers VALUES (2, 'Globex', 'globex', 'approved', false, '\x3b5c86a23cfbc061ceaa941f8818f13364ed049df589fd695e191a203f488b56', '\x0bf990fba9eb0f6a64557e50296f18bdb9b4744747d1e8f4364ea185f52290675df563d8ffaa99e538221343f45aa295e46634b005a1ba28d8f58305', 'UTC', 'admin@globex.example', 'admin@globex.example', '', '2026-11-25 17:43:07.438232+00', '2026-11-25 17:43:07.440045+00', 'USD');
INSERT INTO public.proxies VALUES (2, 2, 2, 'http://localhost:8000/echo', '/', '', 'Shared_secret_sent_from_proxy_to_API_backend_6450a253059e1cb5', 'query', 'user_key', 'app_id', 'app_key', 'Authentication failed', 403, 'text/plain; charset=us-ascii', 'Authentication parameters missing', 403, 'text/plain; charset=us-ascii', 'No Mapping Rule matched', 404, 'text/plain; charset=us-ascii', 'Usage limit exceeded', 429, 'text/plain; charset=us-ascii', NULL, NULL, '', NULL, '2026-11-25 17:43:07.476413+00', 0, '2026-11-25 17:43:07.445583+00', '2026-11-25 17:43:07.47759+00', '[]');
INSERT INTO public.proxies VALUES (3, 1, 3, 'https://pets.example.com:443', '/', '', 'Shared_secret_sent_from_proxy_to_API_backend_bc4aff909f897cd0', 'query', 'user_key', 'app_id', 'app_key', 'Authentication failed', 403, 'text/plain; charset=us-ascii', 'Authentication parameters missing', 403, 'text/plain; charset=us-ascii', 'No Mapping Rule matched', 418, 'text/plain; charset=us-ascii', 'Usage limit exceeded', 429, 'text/plain; charset=us-ascii', NULL, NULL, '', NULL, '2026-11-25 17:43:07.533273+00', 1, '2026-11-25 17:43:07.503921+00', '2026-11-25 17:43:07.534417+00', '[]');
INSERT INTO public.proxies VALUES (1, 1, 1, 'http://localhost:8000/echo', '/', '', 'Shared_secret_sent_from_proxy_to_API_backend_d51fd207c0297a4e', 'query', 'key', 'app_id', 'app_key', 'Authentication failed', 403, 'text/plain; charset=us-ascii', 'Authentication parameters missing', 403, 'text/plain; charset=us-ascii', 'No Mapping Rule matched', 404, 'text/plain; charset=us-ascii', 'Usage limit exceeded', 429, 'text/plain; charset=us-ascii', NULL, NULL, '', NULL, '2026-11-25 21:47:00.717815+00', 2, '2026-11-25 17:43:07.310614+00', '2026-11-25 21:47:00.719071+00', '[{"name": "headers", "version": "builtin", "configuration": {"request": [{"op": "set", "header": "Authorization", "value_type": "plain", "value": "Bearer secret-of-a-chain-0123456789"}]}}, {"name": "apicast", "version": "builtin", "configuration": {}}]');
INSERT INTO public.proxy_configs VALUES (1, 1, 1, 'staging', 1, '{"id": 1, "name": "API", "system_name": "api", "description": "Your first API.", "support_email": "", "state": "published", "backend_version": "1", "deployment_option": "hosted", "buyers_manage_apps": true, "buyers_manage_keys": true, "custom_keys_enabled": true, "buyer_key_regenerate_enabled": true, "mandatory_app_key": true, "referrer_filters_required": false, "intentions_required": false, "buyer_can_select_plan": false, "buyer_plan_change_permission": "request", "account_id": 1, "proxiable?": true, "backend_authentication_type": "service_token", "backend_authentication_value": "3570b7afb7823021d5be5de43fcf62d35a940f867e96ecc65e1f3a3b7d28ea63", "proxy": {"id": 1, "service_id": 1, "api_backend": "http://localhost:8000/echo", "api_test_path": "/", "hostname_rewrite": "", "secret_token": "Shared_secret_sent_from_proxy_to_API_backend_d51fd207c0297a4e", "credentials_location": "query", "auth_user_key": "user_key", "auth_app_id": "app_id", "auth_app_key": "app_key", "error_auth_failed": "Authentication failed", "error_status_auth_failed": 403, "error_headers_auth_failed": "text/plain; charset=us-ascii", "error_auth_missing": "Authentication parameters missing", "error_status_auth_missing": 403, "error_headers_auth_missing": "text/plain; charset=us-ascii", "error_no_match": "No Mapping Rule matched", "error_status_no_match": 404, "error_headers_no_match": "text/plain; charset=us-ascii", "error_limits_exceeded": "Usage limit exceeded", "error_status_limits_exceeded": 429, "error_headers_limits_exceeded": "text/plain; charset=us-ascii", "endpoint": "http://localhost:8000/gateway/production/api", "sandbox_endpoint": "http://localhost:8000/gateway/staging/api", "endpoint_port": 8000, "hosts": ["api-acme.localhost", "api-acme.staging.localhost"], "backend": {"endpoint": "http://localhost:8000", "host": "localhost:8000"}, "authentication_method": "1", "service_backend_version": "1", "valid?": true, "policy_chain": [{"name": "apicast", "version": "builtin", "configuration": {}}], "proxy_rules": [{"id": 1, "proxy_id": 1, "http_method": "GET", "pattern": "/", "metric_id": 1, "metric_system_name": "hits", "delta": 1, "position": 1, "last": false, "redirect_url": null, "owner_id": 1, "owner_type": "Proxy", "parameters": [], "querystring_parameters": {}}]}}', 'system', '2026-11-25 17:43:07.431185+00');
INSERT INTO public.proxy_configs VALUES (2, 1, 1, 'production', 1, '{"id": 1, "name": "API", "system_name": "api", "description": "Your first API.", "support_email": "", "state": "published", "backend_version": "1", "deployment_option": "hosted", "buyers_manage_apps": true, "buyers_manage_keys": true, "custom_keys_enabled": true, "buyer_key_regenerate_enabled": true, "mandatory_app_key": true, "referrer_filters_required": false, "intentions_required": false, "buyer_can_select_plan": false, "buyer_plan_change_permission": "request", "account_id": 1, "proxiable?": true, "backend_authentication_type": "service_token", "backend_authentication_value": "3570b7afb7823021d5be5de43fcf62d35a940f867e96ecc65e1f3a3b7d28ea63", "proxy": {"id": 1, "service_id": 1, "api_backend": "http://localhost:8000/echo", "api_test_path": "/", "hostname_rewrite": "", "secret_token": "Shared_secret_sent_from_proxy_to_API_backend_d51fd207c0297a4e", "credentials_location": "query", "auth_user_key": "user_key", "auth_app_id": "app_id", "auth_app_key": "app_key", "error_auth_failed": "Authentication failed", "error_status_auth_failed": 403, "error_headers_auth_failed": "text/plain; charset=us-ascii", "error_auth_missing": "Authentication parameters missing", "error_status_auth_missing": 403, "error_headers_auth_missing": "text/plain; charset=us-ascii", "error_no_match": "No Mapping Rule matched", "error_status_no_match": 404, "error_headers_no_match": "text/plain; charset=us-ascii", "error_limits_exceeded": "Usage limit exceeded", "error_status_limits_exceeded": 429, "error_headers_limits_exceeded": "text/plain; charset=us-ascii", "endpoint": "http://localhost:8000/gateway/production/api", "sandbox_endpoint": "http://localhost:8000/gateway/staging/api", "endpoint_port": 8000, "hosts": ["api-acme.localhost", "api-acme.staging.localhost"], "backend": {"endpoint": "http://localhost:8000", "host": "localhost:8000"}, "authentication_method": "1", "service_backend_version": "1", "valid?": true, "policy_chain": [{"name": "apicast", "version": "builtin", "configuration": {}}], "proxy_rules": [{"id": 1, "proxy_id": 1, "http_method": "GET", "pattern": "/", "metric_id": 1, "metric_system_name": "hits", "delta": 1, "position": 1, "last": false, "redirect_url": null, "owner_id": 1, "owner_type": "Proxy", "parameters": [], "querystring_parameters": {}}]}}', 'system', '2026-11-25 17:43:07.435134+00');
INSERT INTO public.proxy_configs VALUES (3, 2, 2, 'staging', 1, '{"id": 2, "name": "API", "system_name": "api", "description": "Your first API.", "support_email": "", "state": "published", "backend_version": "1", "deployment_option": "hosted", "buyers_manage_apps": true, "buyers_manage_keys": true, "custom_keys_enabled": true, "buyer_key_regenerate_enabled": true, "mandatory_app_key": true, "referrer_filters_required": false, "intentions_required": false, "buyer_can_select_plan": false, "buyer_plan_change_permission": "request", "account_id": 2, "proxiable?": true, "backend_authentication_type": "service_token", "backend_authentication_value": "18aa4c0f88ce26f3762dc4c7d5cefac2c6f0a68fa097dc041be76034d1a17a8a", "proxy": {"id": 2, "service_id": 2, "api_backend": "http://localhost:8000/echo", "api_test_path": "/", "hostname_rewrite": "", "secret_token": "Shared_secret_sent_from_proxy_to_API_backend_6450a253059e1cb5", "credentials_location": "query", "auth_user_key": "user_key", "auth_app_id": "app_id", "auth_app_key": "app_key", "error_auth_failed": "Authentication failed", "error_status_auth_failed": 403, "error_headers_auth_failed": "text/plain; charset=us-ascii", "error_auth_missing": "Authentication parameters missing", "error_status_auth_missing": 403, "error_headers_auth_missing": "text/plain; charset=us-ascii", "error_no_match": "No Mapping Rule matched", "error_status_no_match": 404, "error_headers_no_match": "text/plain; charset=us-ascii", "error_limits_exceeded": "Usage limit exceeded", "error_status_limits_exceeded": 429, "error_headers_limits_exceeded": "text/plain; charset=us-ascii", "endpoint": "http://api-globex.localhost:8000", "sandbox_endpoint": "http://api-globex.staging.localhost:8000", "endpoint_port": 8000, "hosts": ["api-globex.localhost", "api-globex.staging.localhost"], "backend": {"endpoint": "http://globex-admin.localhost:8000", "host": "localhost:8000"}, "authentication_method": "1", "service_backend_version": "1", "valid?": true, "policy_chain": [{"name": "apicast", "version": "builtin", "configuration": {}}], "proxy_rules": [{"id": 2, "proxy_id": 2, "http_method": "GET", "pattern": "/", "metric_id": 2, "metric_system_name": "hits", "delta": 1, "position": 1, "last": false, "redirect_url": null, "owner_id": 2, "owner_type": "Proxy", "parameters": [], "querystring_parameters": {}}]}}', 'system', '2026-11-25 17:43:07.476364+00');
INSERT INTO public.proxy_configs VALUES (4, 2, 2, 'production', 1, '{"id": 2, "name": "API", "system_name": "api", "description": "Your first API.", "support_email": "", "state": "published", "backend_version": "1", "deployment_option": "hosted", "buyers_manage_apps": true, "buyers_manage_keys": true, "custom_keys_enabled": true, "buyer_key_regenerate_enabled": true, "mandatory_app_key": true, "referrer_filters_required": false, "intentions_required": false, "buyer_can_select_plan": false, "buyer_plan_change_permission": "request", "account_id": 2, "proxiable?": true, "backend_authentication_type": "service_token", "backend_authentication_value": "18aa4c0f88ce26f3762dc4c7d5cefac2c6f0a68fa097dc041be76034d1a17a8a", "proxy": {"id": 2, "service_id": 2, "api_backend": "http://localhost:8000/echo", "api_test_path": "/", "hostname_rewrite": "", "secret_token": "Shared_secret_sent_from_proxy_to_API_backend_6450a253059e1cb5", "credentials_location": "query", "auth_user_key": "user_key", "auth_app_id": "app_id", "auth_app_key": "app_key", "error_auth_failed": "Authentication failed", "error_status_auth_failed": 403, "error_headers_auth_failed": "text/plain; charset=us-ascii", "error_auth_missing": "Authentication parameters missing", "error_status_auth_missing": 403, "error_headers_auth_missing": "text/plain; charset=us-ascii", "error_no_match": "No Mapping Rule matched", "error_status_no_match": 404, "error_headers_no_match": "text/plain; charset=us-ascii", "error_limits_exceeded": "Usage limit exceeded", "error_status_limits_exceeded": 429, "error_headers_limits_exceeded": "text/plain; charset=us-ascii", "endpoint": "http://api-globex.localhost:8000", "sandbox_endpoint": "http://api-globex.staging.localhost:8000", "endpoint_port": 8000, "hosts": ["api-globex.localhost", "api-globex.staging.localhost"], "backend": {"endpoint": "http://globex-admin.localhost:8000", "host": "localhost:8000"}, "authentication_method": "1", "service_backend_version": "1", "valid?": true, "policy_chain": [{"name": "apicast", "version": "builtin", "configuration": {}}], "proxy_rules": [{"id": 2, "proxy_id": 2, "http_method": "GET", "pattern": "/", "metric_id": 2, "metric_system_name": "hits", "delta": 1, "position": 1, "last": false, "redirect_url": null, "owner_id": 2, "owner_type": "Proxy", "parameters": [], "querystring_parameters": {}}]}}', 'system', '2026-11-25 17:43:07.479647+00');
INSERT INTO public.proxy_configs VALUES (5, 1, 3, 'staging', 1, '{"id": 3, "name": "Pet Store", "system_name": "petstore", "description": "", "support_email": "", "state": "published", "backend_version": "1", "deployment_option": "hosted", "buyers_manage_apps": true, "buyers_manage_keys": true, "custom_keys_enabled": true, "buyer_key_regenerate_enabled": true, "mandatory_app_key": true, "referrer_filters_required": false, "intentions_required": false, "buyer_can_select_plan": false, "buyer_plan_change_permission": "request", "account_id": 1, "proxiable?": true, "backend_authentication_type": "service_token", "backend_authentication_value": "52bfcf353513e4d95edfdb4a55c70ca314910fa95691afc93f55e83f018a1890", "proxy": {"id": 3, "service_id": 3, "api_backend": "https://pets.example.com:443", "api_test_path": "/", "hostname_rewrite": "", "secret_token": "Shared_secret_sent_from_proxy_to_API_backend_bc4aff909f897cd0", "credentials_location": "query", "auth_user_key": "user_key", "auth_app_id": "app_id", "auth_app_key": "app_key", "error_auth_failed": "Authentication failed", "error_status_auth_failed": 403, "error_headers_auth_failed": "text/plain; charset=us-ascii", "error_auth_missing": "Authentication parameters missing", "error_status_auth_missing": 403, "error_headers_auth_missing": "text/plain; charset=us-ascii", "error_no_match": "No Mapping Rule matched", "error_status_no_match": 418, "error_headers_no_match": "text/plain; charset=us-ascii", "error_limits_exceeded": "Usage limit exceeded", "error_status_limits_exceeded": 429, "error_headers_limits_exceeded": "text/plain; charset=us-ascii", "endpoint": "http://localhost:8000/gateway/production/petstore", "sandbox_endpoint": "http://localhost:8000/gateway/staging/petstore", "endpoint_port": 8000, "hosts": ["petstore-acme.localhost", "petstore-acme.staging.localhost"], "backend": {"endpoint": "http://localhost:8000", "host": "localhost:8000"}, "authentication_method": "1", "service_backend_version": "1", "valid?": true, "policy_chain": [{"name": "apicast", "version": "builtin", "configuration": {}}], "proxy_rules": [{"id": 4, "proxy_id": 3, "http_method": "POST", "pattern": "/adoptions", "metric_id": 5, "metric_system_name": "adopt", "delta": 1, "position": 1, "last": true, "redirect_url": null, "owner_id": 3, "owner_type": "Proxy", "parameters": [], "querystring_parameters": {}}, {"id": 5, "proxy_id": 3, "http_method": "GET", "pattern": "/", "metric_id": 3, "metric_system_name": "hits", "delta": 1, "position": 2, "last": false, "redirect_url": null, "owner_id": 3, "owner_type": "Proxy", "parameters": [], "querystring_parameters": {}}, {"id": 6, "proxy_id": 3, "http_method": "GET", "pattern": "/", "metric_id": 4, "metric_system_name": "bytes", "delta": 10, "position": 3, "last": false, "redirect_url": null, "owner_id": 3, "owner_type": "Proxy", "parameters": [], "querystring_parameters": {}}]}}', 'system', '2026-11-25 17:43:07.533222+00');
INSERT INTO public.proxy_configs VALUES (6, 1, 3, 'production', 1, '{"id": 3, "name": "Pet Store", "system_name": "petstore", "description": "", "support_email": "", "state": "published", "backend_version": "1", "deployment_option": "hosted", "buyers_manage_apps": true, "buyers_manage_keys": true, "custom_keys_enabled": true, "buyer_key_regenerate_enabled": true, "mandatory_app_key": true, "referrer_filters_required": false, "intentions_required": false, "buyer_can_select_plan": false, "buyer_plan_change_permission": "request", "account_id": 1, "proxiable?": true, "backend_authentication_type": "service_token", "backend_authentication_value": "52bfcf353513e4d95edfdb4a55c70ca314910fa95691afc93f55e83f018a1890", "proxy": {"id": 3, "service_id": 3, "api_backend": "https://pets.example.com:443", "api_test_path": "/", "hostname_rewrite": "", "secret_token": "Shared_secret_sent_from_proxy_to_API_backend_bc4aff909f897cd0", "credentials_location": "query", "auth_user_key": "user_key", "auth_app_id": "app_id", "auth_app_key": "app_key", "error_auth_failed": "Authentication failed", "error_status_auth_failed": 403, "error_headers_auth_failed": "text/plain; charset=us-ascii", "error_auth_missing": "Authentication parameters missing", "error_status_auth_missing": 403, "error_headers_auth_missing": "text/plain; charset=us-ascii", "error_no_match": "No Mapping Rule matched", "error_status_no_match": 418, "error_headers_no_match": "text/plain; charset=us-ascii", "error_limits_exceeded": "Usage limit exceeded", "error_status_limits_exceeded": 429, "error_headers_limits_exceeded": "text/plain; charset=us-ascii", "endpoint": "http://localhost:8000/gateway/production/petstore", "sandbox_endpoint": "http://localhost:8000/gateway/staging/petstore", "endpoint_port": 8000, "hosts": ["petstore-acme.localhost", "petstore-acme.staging.localhost"], "backend": {"endpoint": "http://localhost:8000", "host": "localhost:8000"}, "authentication_method": "1", "service_backend_version": "1", "valid?": true, "policy_chain": [{"name": "apicast", "version": "builtin", "configuration": {}}], "proxy_rules": [{"id": 4, "proxy_id": 3, "http_method": "POST", "pattern": "/adoptions", "metric_id": 5, "metric_system_name": "adopt", "delta": 1, "position": 1, "last": true, "redirect_url": null, "owner_id": 3, "owner_type": "Proxy", "parameters": [], "querystring_parameters": {}}, {"id": 5, "proxy_id": 3, "http_method": "GET", "pattern": "/", "metric_id": 3, "metric_system_name": "hits", "delta": 1, "position": 2, "last": false, "redirect_url": null, "owner_id": 3, "owner_type": "Proxy", "parameters": [], "querystring_parameters": {}}, {"id": 6, "proxy_id": 3, "http_method": "GET", "pattern": "/", "metric_id": 4, "metric_system_name": "bytes", "delta": 10, "position": 3, "last": false, "redirect_url": null, "owner_id": 3, "owner_type": "Proxy", "parameters": [], "querystring_parameters": {}}]}}', 'system', '2026-11-25 17:43:07.660413+00');
INSERT INTO public.proxy_configs VALUES (7, 1, 1, 'staging', 2, '{"id": 1, "name": "API", "system_name": "api", "description": "Your first API.", "support_email": "", "state": "published", "backend_version": "1", "deployment_option": "hosted", "buyers_manage_apps": true, "buyers_manage_keys": true, "custom_keys_enabled": true, "buyer_key_regenerate_enabled": true, "mandatory_app_key": true, "referrer_filters_required": false, "intentions_required": false, "buyer_can_select_plan": false, "buyer_plan_change_permission": "request", "account_id": 1, "proxiable?": true, "backend_authentication_type": "service_token", "backend_authentication_value": "3570b7afb7823021d5be5de43fcf62d35a940f867e96ecc65e1f3a3b7d28ea63", "proxy": {"id": 1, "service_id": 1, "api_backend": "http://localhost:8000/echo", "api_test_path": "/", "hostname_rewrite": "", "secret_token": "Shared_secret_sent_from_proxy_to_API_backend_d51fd207c0297a4e", "credentials_location": "query", "auth_user_key": "user_key", "auth_app_id": "app_id", "auth_app_key": "app_key", "error_auth_failed": "Authentication failed", "error_status_auth_failed": 403, "error_headers_auth_failed": "text/plain; charset=us-ascii", "error_auth_missing": "Authentication parameters missing", "error_status_auth_missing": 403, "error_headers_auth_missing": "text/plain; charset=us-ascii", "error_no_match": "No Mapping Rule matched", "error_status_no_match": 404, "error_headers_no_match": "text/plain; charset=us-ascii", "error_limits_exceeded": "Usage limit exceeded", "error_status_limits_exceeded": 429, "error_headers_limits_exceeded": "text/plain; charset=us-ascii", "endpoint": "http://localhost:8000/gateway/production/api", "sandbox_endpoint": "http://localhost:8000/gateway/staging/api", "endpoint_port": 8000, "hosts": ["api-acme.localhost", "api-acme.staging.localhost"], "backend": {"endpoint": "http://localhost:8000", "host": "localhost:8000"}, "authentication_method": "1", "service_backend_version": "1", "valid?": true, "policy_chain": [{"name": "headers", "version": "builtin", "configuration": {"request": [{"op": "set", "header": "Authorization", "value_type": "plain", "value": "Bearer secret-of-a-chain-0123456789"}]}}, {"name": "apicast", "version": "builtin", "configuration": {}}], "proxy_rules": [{"id": 1, "proxy_id": 1, "http_method": "GET", "pattern": "/", "metric_id": 1, "metric_system_name": "hits", "delta": 1, "position": 1, "last": false, "redirect_url": null, "owner_id": 1, "owner_type": "Proxy", "parameters": [], "querystring_parameters": {}}]}}', 'system', '2026-11-25 21:47:00.706861+00');
INSERT INTO public.proxy_configs VALUES (8, 1, 1, 'production', 2, '{"id": 1, "name": "API", "system_name": "api", "description": "Your first API.", "support_email": "", "state": "published", "backend_version": "1", "deployment_option": "hosted", "buyers_manage_apps": true, "buyers_manage_keys": true, "custom_keys_enabled": true, "buyer_key_regenerate_enabled": true, "mandatory_app_key": true, "referrer_filters_required": false, "intentions_required": false, "buyer_can_select_plan": false, "buyer_plan_change_permission": "request", "account_id": 1, "proxiable?": true, "backend_authentication_type": "service_token", "backend_authentication_value": "3570b7afb7823021d5be5de43fcf62d35a940f867e96ecc65e1f3a3b7d28ea63", "proxy": {"id": 1, "service_id": 1, "api_backend": "http://localhost:8000/echo", "api_test_path": "/", "hostname_rewrite": "", "secret_token": "Shared_secret_sent_from_proxy_to_API_backend_d51fd207c0297a4e", "credentials_location": "query", "auth_user_key": "user_key", "auth_app_id": "app_id", "auth_app_key": "app_key", "error_auth_failed": "Authentication failed", "error_status_auth_failed": 403, "error_headers_auth_failed": "text/plain; charset=us-ascii", "error_auth_missing": "Authentication parameters missing", "error_status_auth_missing": 403, "error_headers_auth_missing": "text/plain; charset=us-ascii", "error_no_match": "No Mapping Rule matched", "error_status_no_match": 404, "error_headers_no_match": "text/plain; charset=us-ascii", "error_limits_exceeded": "Usage limit exceeded", "error_status_limits_exceeded": 429, "error_headers_limits_exceeded": "text/plain; charset=us-ascii", "endpoint": "http://localhost:8000/gateway/production/api", "sandbox_endpoint": "http://localhost:8000/gateway/staging/api", "endpoint_port": 8000, "hosts": ["api-acme.localhost", "api-acme.staging.localhost"], "backend": {"endpoint": "http://localhost:8000", "host": "localhost:8000"}, "authentication_method": "1", "service_backend_version": "1", "valid?": true, "policy_chain": [{"name": "headers", "version": "builtin", "configuration": {"request": [{"op": "set", "header": "Authorization", "value_type": "plain", "value": "Bearer secret-of-a-chain-0123456789"}]}}, {"name": "apicast", "version": "builtin", "configuration": {}}], "proxy_rules": [{"id": 1, "proxy_id": 1, "http_method": "GET", "pattern": "/", "metric_id": 1, "metric_system_name": "hits", "delta": 1, "position": 1, "last": false, "redirect_url": null, "owner_id": 1, "owner_type": "Proxy", "parameters": [], "querystring_parameters": {}}]}}', 'system', '2026-11-25 21:47:00.711708+00');
INSERT INTO public.proxy_configs VALUES (9, 1, 1, 'staging', 3, '{"id": 1, "name": "API", "system_name": "api", "description": "Your first API.", "support_email": "", "state": "published", "backend_version": "1", "deployment_option": "hosted", "buyers_manage_apps": true, "buyers_manage_keys": true, "custom_keys_enabled": true, "buyer_key_regenerate_enabled": true, "mandatory_app_key": true, "referrer_filters_required": false, "intentions_required": false, "buyer_can_select_plan": false, "buyer_plan_change_permission": "request", "account_id": 1, "proxiable?": true, "backend_authentication_type": "service_token", "backend_authentication_value": "3570b7afb7823021d5be5de43fcf62d35a940f867e96ecc65e1f3a3b7d28ea63", "proxy": {"id": 1, "service_id": 1, "api_backend": "http://localhost:8000/echo", "api_test_path": "/", "hostname_rewrite": "", "secret_token": "Shared_secret_sent_from_proxy_to_API_backend_d51fd207c0297a4e", "credentials_location": "query", "auth_user_key": "key", "auth_app_id": "app_id", "auth_app_key": "app_key", "error_auth_failed": "Authentication failed", "error_status_auth_failed": 403, "error_headers_auth_failed": "text/plain; charset=us-ascii", "error_auth_missing": "Authentication parameters missing", "error_status_auth_missing": 403, "error_headers_auth_missing": "text/plain; charset=us-ascii", "error_no_match": "No Mapping Rule matched", "error_status_no_match": 404, "error_headers_no_match": "text/plain; charset=us-ascii", "error_limits_exceeded": "Usage limit exceeded", "error_status_limits_exceeded": 429, "error_headers_limits_exceeded": "text/plain; charset=us-ascii", "endpoint": "http://localhost:8000/gateway/production/api", "sandbox_endpoint": "http://localhost:8000/gateway/staging/api", "endpoint_port": 8000, "hosts": ["api-acme.localhost", "api-acme.staging.localhost"], "backend": {"endpoint": "http://localhost:8000", "host": "localhost:8000"}, "authentication_method": "1", "service_backend_version": "1", "valid?": true, "policy_chain": [{"name": "headers", "version": "builtin", "configuration": {"request": [{"op": "set", "header": "Authorization", "value_type": "plain", "value": "Bearer secret-of-a-chain-0123456789"}]}}, {"name": "apicast", "version": "builtin", "configuration": {}}], "proxy_rules": [{"id": 1, "proxy_id": 1, "http_method": "GET", "pattern": "/", "metric_id": 1, "metric_system_name": "hits", "delta": 1, "position": 1, "last": false, "redirect_url": null, "owner_id": 1, "owner_type": "Proxy", "parameters": [], "querystring_parameters": {}}]}}', 'system', '2026-11-25 21:47:00.717769+00');
INSERT INTO public.response_code_totals VALUES (9, 404, 'day', '2026-11-20 00:00:00+00', 3, 7);
INSERT INTO public.service_contracts VALUES (1, 1, 1, 1, 1, 'live', '2026-11-25 17:43:07.351129+00');
INSERT INTO public.service_contracts VALUES (2, 2, 2, 2, 2, 'live', '2026-11-25 17:43:07.471154+00');
INSERT INTO public.service_contracts VALUES (3, 1, 3, 1, 1, 'live', '2026-11-25 17:43:07.608251+00');
INSERT INTO public.service_contracts VALUES (4, 1, 3, 3, 4, 'live', '2026-11-25 17:43:07.60832+00');
INSERT INTO public.service_contracts VALUES (5, 1, 4, 1, 1, 'live', '2026-11-25 17:43:07.619552+00');
INSERT INTO public.service_contracts VALUES (6, 1, 4, 3, 4, 'live', '2026-11-25 17:43:07.619619+00');
INSERT INTO public.service_contracts VALUES (7, 1, 5, 1, 1, 'live', '2026-11-25 17:43:07.631487+00');
INSERT INTO public.service_contracts VALUES (8, 1, 5, 3, 4, 'live', '2026-11-25 17:43:07.631553+00');
INSERT INTO public.service_plans VALUES (1, 1, 1, 'Default', 'default', 'published', true, false, '2026-11-25 17:43:07.310504+00', '2026-11-25 17:43:07.310514+00', '', 0.0000, 0.0000, 0, 1);
INSERT INTO public.service_plans VALUES (2, 2, 2, 'Default', 'default', 'published', true, false, '2026-11-25 17:43:07.445498+00', '2026-11-25 17:43:07.445505+00', '', 0.0000, 0.0000, 0, 1);
INSERT INTO public.service_plans VALUES (4, 1, 3, 'Basic', 'basic', 'published', true, false, '2026-11-25 17:43:07.55615+00', '2026-11-25 17:43:07.595149+00', '', 0.0000, 0.0000, 0, 1);
INSERT INTO public.services VALUES (2, 2, 'API', 'api', 'Your first API.', '', 'published', true, '1', 'hosted', '\x229ec71e1e6ff293b3e70a19057dd21f8cd1b24f4b1488d2fff9ba939049f95d', '\x3bdef5236ce27083dae4553f23eefb114298989a9ab5f9938bd0a1b8cf8b781725600fa61acd3acf9c60add25c547f2873815fb68ac98f7ff724665722272be341a4e525519e348242140d50e14a50eb2981e66eb15f8746eb0404b1', true, true, true, true, true, false, false, false, 'request', '2026-11-25 17:43:07.443337+00', '2026-11-25 17:43:07.443348+00');
INSERT INTO public.services VALUES (1, 1, 'API', 'api', 'Your first API.', '', 'published', false, '1', 'hosted', '\xc107a9151408697576c8813a6165e40891354885b3fe083195208001148bd79f', '\x6a3ac60405051d320856a567a965a85c52780f85da0612767e76a8fe90480893d34d0b8dfe44b3ba865c34eb256858ad22b335ab1eea0cbc8574eb608b6ef7693d375c12d750fc785c4c31becb938d096c4bd7323b5d3dc00ddaee43', true, true, true, true, true, false, false, false, 'request', '2026-11-25 17:43:07.306086+00', '2026-11-25 17:43:07.511957+00');
INSERT INTO public.services VALUES (3, 1, 'Pet Store', 'petstore', '', '', 'published', true, '1', 'hosted', '\xc30d3a7d7a448b8937a4b31fb6d143ca53e44e8790b85aa587b61559a18d7177', '\x647caf72b25fba41c8fadd106ab3d9924bd7b6793b0b342fd4a8a07da4fe69542b741e3deac1b84552b9898be1f06031801d42a09e42575efdbb16ce277120e2373a79969861e56e0f833af5fbba18144e66d025c331f2d3030c15d2', true, true, true, true, true, false, false, false, 'request', '2026-11-25 17:43:07.501529+00', '2026-11-25 17:43:07.511959+00');
INSERT INTO public.settings VALUES (2, true, true, false, false, 'request', 'request', false, true, '2026-11-25 17:43:07.43922+00');
INSERT INTO public.settings VALUES (1, true, true, false, false, 'request', 'request', true, true, '2026-11-25 17:43:07.650256+00');
INSERT INTO public.templates VALUES (1, 1, 'page', '/docs', 'Docs', 'Hello
{{ x }}', '', 'main_layout', '', '2026-11-25 17:43:07.561017+00', '2026-11-25 17:43:07.561028+00');
INSERT INTO public.templates VALUES (2, 1, 'partial', 'a.b/c', '', 'A
', NULL, 'main_layout', '', '2026-11-25 17:43:07.565204+00', '2026-11-25 17:43:07.565214+00');
INSERT INTO public.usage_batches VALUES ('batch-1', '2026-11-25 17:43:07.667027+00');
INSERT INTO public.usage_limits VALUES (1, 1, 5, 3, 'minute', 5, '2026-11-25 17:43:07.544309+00', '2026-11-25 17:43:07.54432+00');
INSERT INTO public.usage_limits VALUES (2, 1, 5, 5, 'day', 1, '2026-11-25 17:43:07.547906+00', '2026-11-25 17:43:07.547916+00');
INSERT INTO public.usage_limits VALUES (3, 1, 8, 3, 'minute', 5, '2026-11-25 17:43:07.599073+00', '2026-11-25 17:43:07.599083+00');
INSERT INTO public.usage_limits VALUES (4, 1, 8, 5, 'day', 1, '2026-11-25 17:43:07.59916+00', '2026-11-25 17:43:07.599167+00');
INSERT INTO public.usage_totals VALUES (9, 3, 'day', '2026-11-01 00:00:00+00', 3, 1099511627776);
INSERT INTO public.usage_totals VALUES (9, 3, 'month', '2026-11-01 00:00:00+00', 3, 1099511627776);
INSERT INTO public.usage_totals VALUES (9, 3, 'eternity', '2026-11-01 00:00:00+00', 3, 1099511627776);
INSERT INTO public.user_sessions VALUES (1, 1, 1, 'bdbb69f8fd07743850e6f64fe661a6871429e23ccd1a682dbd9170e76ed6f64fbb02d2e8743a64a40f1318ed35d133a7', '5d2cda0c5ee63b8eff295761f93785e5', '2026-12-09 17:43:07.653681+00', '2026-11-25 17:43:07.653739+00', '2026-11-25 17:43:07.653749+00');
INSERT INTO public.user_sessions VALUES (2, 1, 5, 'dc4b9c31098e6130417c2f00a3fc7efbb0b2c8741345473463fb1b01d82e82625ced99597a9732b9fd7a44d531ad2866', 'a83f1d0297135efca56d10e93490a521', '2026-12-09 17:43:07.662202+00', '2026-11-25 17:43:07.662251+00', '2026-11-25 17:43:07.66226+00');
INSERT INTO public.users VALUES (2, 1, 1, 'developer', 'john', 'admin+test@acme.example', '$argon2id$v=19$m=8,t=1,p=1$pgq0zLZh6vkqwSKVHcKojg$mEF+zDqKahNweelmczZBfR2X7hN2Cwt/ZZpzGj3C7PU', 'admin', 'active', 'John', 'Doe', '{}', '2026-11-25 17:43:07.348968+00', '2026-11-25 17:43:07.425768+00');
INSERT INTO public.users VALUES (3, 2, NULL, 'provider', 'admin', 'admin@globex.example', '$argon2id$v=19$m=8,t=1,p=1$PSu6Cmjnd4dbDccX5ynWBg$l32zzkhCJSeydb/+xKeOT4HgnS5LJ1B1eKocuqKhzJc', 'admin', 'active', '', '', '{}', '2026-11-25 17:43:07.439487+00', '2026-11-25 17:43:07.439495+00');
INSERT INTO public.users VALUES (4, 2, 2, 'developer', 'john', 'admin+test@globex.example', '$argon2id$v=19$m=8,t=1,p=1$yUtlAcyMHf95iD2xukCXOQ$GC/apC+AJzfNHjmMrrZnsGPNsnFYp7CPRla06nvmxH4', 'admin', 'active', 'John', 'Doe', '{}', '2026-11-25 17:43:07.469067+00', '2026-11-25 17:43:07.473896+00');
INSERT INTO public.users VALUES (5, 1, 3, 'developer', 'keeper', 'keeper@zoo.example', '$argon2id$v=19$m=8,t=1,p=1$+JML64hrnYzBikTBUmjXpQ$hL264Gn+QeaOruxRx7z5iuxX4fWhB5lJQooKdSuwRXE', 'admin', 'active', '', '', '{}', '2026-11-25 17:43:07.606147+00', '2026-11-25 17:43:07.612637+00');
INSERT INTO public.users VALUES (6, 1, 4, 'developer', 'clown', 'clown@circus.example', '$argon2id$v=19$m=8,t=1,p=1$Jlr1r0AyaU178fH8rdl4IQ$XL+HHYySvdF5z8k2z1e1W/rn6rFLQaWbMWePmT1HYKA', 'admin', 'pending', '', '', '{}', '2026-11-25 17:43:07.617505+00', '2026-11-25 17:43:07.617515+00');
INSERT INTO public.users VALUES (7, 1, 5, 'developer', 'farmer', '', '', 'admin', 'pending', '', '', '{}', '2026-11-25 17:43:07.629097+00', '2026-11-25 17:43:07.629106+00');
INSERT INTO public.users VALUES (1, 1, NULL, 'provider', 'admin', 'admin@acme.example', '$argon2id$v=19$m=8,t=1,p=1$IJr3HNd/rugu209Jn7PrVw$MrzNNCOaJ4NW9ryKLKPVVYsDGHOOoKWRWv2crPAVMzg', 'admin', 'active', '', '', '{}', '2026-11-25 17:43:07.295211+00', '2026-11-25 17:43:07.651949+00');
SELECT pg_catalog.setval('public.access_tokens_id_seq', 3, true);
SELECT pg_catalog.setval('public.account_plans_id_seq', 3, true);
SELECT pg_catalog.setval('public.accounts_id_seq', 5, true);
SELECT pg_catalog.setval('public.api_docs_services_id_seq', 3, true);
SELECT pg_catalog.setval('public.application_keys_id_seq', 2, true);
SELECT pg_catalog.setval('public.application_plans_id_seq', 8, true);
SELECT pg_catalog.setval('public.applications_id_seq', 9, true);
SELECT pg_catalog.setval('public.events_id_seq', 92, true);
SELECT pg_catalog.setval('public.features_id_seq', 7, true);
SELECT pg_catalog.setval('public.mails_id_seq', 1, true);
SELECT pg_catalog.setval('public.mapping_rules_id_seq', 6, true);
SELECT pg_catalog.setval('public.metrics_id_seq', 5, true);
SELECT pg_catalog.setval('public.one_time_tokens_id_seq', 1, true);
SELECT pg_catalog.setval('public.providers_id_seq', 2, true);
SELECT pg_catalog.setval('public.proxies_id_seq', 3, true);
SELECT pg_catalog.setval('public.proxy_configs_id_seq', 9, true);
SELECT pg_catalog.setval('public.service_contracts_id_seq', 8, true);
SELECT pg_catalog.setval('public.service_plans_id_seq', 4, true);
SELECT pg_catalog.setval('public.services_id_seq', 3, true);
SELECT pg_catalog.setval('public.templates_id_seq', 2, true);
SELECT pg_catalog.setval('public.usage_limits_id_seq', 4, true);
SELECT pg_catalog.setval('public.user_sessions_id_seq', 2, true);
SELECT pg_catalog.setval('public.users_id_seq', 7, true);
ALTER TABLE ONLY public.access_tokens
    ADD CONSTRAINT access_tokens_digest_key UNIQUE (digest);
ALTER TABLE ONLY public.access_tokens
    ADD CONSTRAINT access_tokens_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.account_plans
    ADD CONSTRAINT account_plans_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.account_plans
    ADD CONSTRAINT account_plans_provider_id_system_name_key UNIQUE (provider_id, system_name);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.api_docs_services
    ADD CONSTRAINT api_docs_services_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.api_docs_services
    ADD CONSTRAINT api_docs_services_provider_id_system_name_key UNIQUE (provider_id, system_name);
ALTER TABLE ONLY public.application_keys
    ADD CONSTRAINT application_keys_application_id_digest_key UNIQUE (application_id, digest);
ALTER TABLE ONLY public.application_keys
    ADD CONSTRAINT application_keys_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.application_plans
    ADD CONSTRAINT application_plans_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.application_plans
    ADD CONSTRAINT application_plans_service_id_system_name_key UNIQUE (service_id, system_name);
ALTER TABLE ONLY public.applications
    ADD CONSTRAINT applications_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.applications
    ADD CONSTRAINT applications_service_id_application_id_key UNIQUE (service_id, application_id);
ALTER TABLE ONLY public.applications
    ADD CONSTRAINT applications_service_id_user_key_digest_key UNIQUE (service_id, user_key_digest);
ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.features
    ADD CONSTRAINT features_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.features
    ADD CONSTRAINT features_service_id_system_name_key UNIQUE (service_id, system_name);
ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.mapping_rules
    ADD CONSTRAINT mapping_rules_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.metrics
    ADD CONSTRAINT metrics_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.metrics
    ADD CONSTRAINT metrics_service_id_system_name_key UNIQUE (service_id, system_name);
ALTER TABLE ONLY public.one_time_tokens
    ADD CONSTRAINT one_time_tokens_digest_key UNIQUE (digest);
ALTER TABLE ONLY public.one_time_tokens
    ADD CONSTRAINT one_time_tokens_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.plan_features
    ADD CONSTRAINT plan_features_pkey PRIMARY KEY (plan_id, feature_id);
ALTER TABLE ONLY public.providers
    ADD CONSTRAINT providers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.providers
    ADD CONSTRAINT providers_provider_key_digest_key UNIQUE (provider_key_digest);
ALTER TABLE ONLY public.providers
    ADD CONSTRAINT providers_subdomain_key UNIQUE (subdomain);
ALTER TABLE ONLY public.proxies
    ADD CONSTRAINT proxies_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.proxies
    ADD CONSTRAINT proxies_service_id_key UNIQUE (service_id);
ALTER TABLE ONLY public.proxy_configs
    ADD CONSTRAINT proxy_configs_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.response_code_totals
    ADD CONSTRAINT response_code_totals_pkey PRIMARY KEY (application_id, code, period, window_start);
ALTER TABLE ONLY public.service_contracts
    ADD CONSTRAINT service_contracts_account_id_service_id_key UNIQUE (account_id, service_id);
ALTER TABLE ONLY public.service_contracts
    ADD CONSTRAINT service_contracts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.service_plans
    ADD CONSTRAINT service_plans_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.service_plans
    ADD CONSTRAINT service_plans_service_id_system_name_key UNIQUE (service_id, system_name);
ALTER TABLE ONLY public.services
    ADD CONSTRAINT services_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.services
    ADD CONSTRAINT services_provider_id_system_name_key UNIQUE (provider_id, system_name);
ALTER TABLE ONLY public.settings
    ADD CONSTRAINT settings_pkey PRIMARY KEY (provider_id);
ALTER TABLE ONLY public.templates
    ADD CONSTRAINT templates_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.templates
    ADD CONSTRAINT templates_provider_id_kind_name_key UNIQUE (provider_id, kind, name);
ALTER TABLE ONLY public.usage_batches
    ADD CONSTRAINT usage_batches_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.usage_limits
    ADD CONSTRAINT usage_limits_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.usage_limits
    ADD CONSTRAINT usage_limits_plan_id_metric_id_period_key UNIQUE (plan_id, metric_id, period);
ALTER TABLE ONLY public.usage_totals
    ADD CONSTRAINT usage_totals_pkey PRIMARY KEY (application_id, metric_id, period, window_start);
ALTER TABLE ONLY public.user_sessions
    ADD CONSTRAINT user_sessions_digest_key UNIQUE (digest);
ALTER TABLE ONLY public.user_sessions
    ADD CONSTRAINT user_sessions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_provider_id_audience_username_key UNIQUE (provider_id, audience, username);
CREATE INDEX ix_access_tokens_provider_id ON public.access_tokens USING btree (provider_id);
CREATE INDEX ix_access_tokens_user_id ON public.access_tokens USING btree (user_id);
CREATE INDEX ix_account_plans_provider_id ON public.account_plans USING btree (provider_id);
CREATE INDEX ix_accounts_provider_id_id ON public.accounts USING btree (provider_id, id);
CREATE INDEX ix_api_docs_services_provider_id_id ON public.api_docs_services USING btree (provider_id, id);
CREATE INDEX ix_api_docs_services_service_id ON public.api_docs_services USING btree (service_id);
CREATE INDEX ix_application_keys_application_id ON public.application_keys USING btree (application_id);
CREATE INDEX ix_application_plans_service_id ON public.application_plans USING btree (service_id);
CREATE INDEX ix_applications_account_id ON public.applications USING btree (account_id);
CREATE INDEX ix_applications_plan_id ON public.applications USING btree (plan_id);
CREATE INDEX ix_applications_provider_id_id ON public.applications USING btree (provider_id, id);
CREATE INDEX ix_events_provider_id_id ON public.events USING btree (provider_id, id);
CREATE INDEX ix_events_undelivered ON public.events USING btree (delivered_at, id);
CREATE INDEX ix_features_service_id ON public.features USING btree (service_id);
CREATE INDEX ix_mails_event_id ON public.mails USING btree (event_id);
CREATE INDEX ix_mails_provider_id ON public.mails USING btree (provider_id);
CREATE INDEX ix_mapping_rules_metric_id ON public.mapping_rules USING btree (metric_id);
CREATE INDEX ix_mapping_rules_service_id ON public.mapping_rules USING btree (service_id);
CREATE INDEX ix_metrics_service_id ON public.metrics USING btree (service_id);
CREATE INDEX ix_one_time_tokens_user_id ON public.one_time_tokens USING btree (user_id);
CREATE INDEX ix_proxy_configs_current ON public.proxy_configs USING btree (service_id, environment, id);
CREATE INDEX ix_response_code_totals_service ON public.response_code_totals USING btree (service_id, period, window_start);
CREATE INDEX ix_service_contracts_account_id ON public.service_contracts USING btree (account_id);
CREATE INDEX ix_service_contracts_service_id ON public.service_contracts USING btree (service_id);
CREATE INDEX ix_service_plans_service_id ON public.service_plans USING btree (service_id);
CREATE INDEX ix_services_provider_id_id ON public.services USING btree (provider_id, id);
CREATE INDEX ix_usage_limits_metric_id ON public.usage_limits USING btree (metric_id);
CREATE INDEX ix_usage_limits_plan_id ON public.usage_limits USING btree (plan_id);
CREATE INDEX ix_usage_totals_service ON public.usage_totals USING btree (service_id, metric_id, period, window_start);
CREATE INDEX ix_user_sessions_user_id ON public.user_sessions USING btree (user_id);
CREATE INDEX ix_users_account_id ON public.users USING btree (account_id);
CREATE UNIQUE INDEX ux_users_email ON public.users USING btree (provider_id, audience, email) WHERE ((email)::text <> ''::text);
ALTER TABLE ONLY public.access_tokens
    ADD CONSTRAINT access_tokens_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.access_tokens
    ADD CONSTRAINT access_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);
ALTER TABLE ONLY public.account_plans
    ADD CONSTRAINT account_plans_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_account_plan_id_fkey FOREIGN KEY (account_plan_id) REFERENCES public.account_plans(id);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.api_docs_services
    ADD CONSTRAINT api_docs_services_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.api_docs_services
    ADD CONSTRAINT api_docs_services_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.services(id);
ALTER TABLE ONLY public.application_keys
    ADD CONSTRAINT application_keys_application_id_fkey FOREIGN KEY (application_id) REFERENCES public.applications(id);
ALTER TABLE ONLY public.application_keys
    ADD CONSTRAINT application_keys_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.application_plans
    ADD CONSTRAINT application_plans_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.application_plans
    ADD CONSTRAINT application_plans_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.services(id);
ALTER TABLE ONLY public.applications
    ADD CONSTRAINT applications_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);
ALTER TABLE ONLY public.applications
    ADD CONSTRAINT applications_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES public.application_plans(id);
ALTER TABLE ONLY public.applications
    ADD CONSTRAINT applications_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.applications
    ADD CONSTRAINT applications_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.services(id);
ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.features
    ADD CONSTRAINT features_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.features
    ADD CONSTRAINT features_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.services(id);
ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_event_id_fkey FOREIGN KEY (event_id) REFERENCES public.events(id);
ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.mapping_rules
    ADD CONSTRAINT mapping_rules_metric_id_fkey FOREIGN KEY (metric_id) REFERENCES public.metrics(id);
ALTER TABLE ONLY public.mapping_rules
    ADD CONSTRAINT mapping_rules_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.mapping_rules
    ADD CONSTRAINT mapping_rules_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.services(id);
ALTER TABLE ONLY public.metrics
    ADD CONSTRAINT metrics_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES public.metrics(id);
ALTER TABLE ONLY public.metrics
    ADD CONSTRAINT metrics_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.metrics
    ADD CONSTRAINT metrics_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.services(id);
ALTER TABLE ONLY public.one_time_tokens
    ADD CONSTRAINT one_time_tokens_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.one_time_tokens
    ADD CONSTRAINT one_time_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);
ALTER TABLE ONLY public.plan_features
    ADD CONSTRAINT plan_features_feature_id_fkey FOREIGN KEY (feature_id) REFERENCES public.features(id);
ALTER TABLE ONLY public.plan_features
    ADD CONSTRAINT plan_features_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES public.application_plans(id);
ALTER TABLE ONLY public.proxies
    ADD CONSTRAINT proxies_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.proxies
    ADD CONSTRAINT proxies_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.services(id);
ALTER TABLE ONLY public.proxy_configs
    ADD CONSTRAINT proxy_configs_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.proxy_configs
    ADD CONSTRAINT proxy_configs_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.services(id);
ALTER TABLE ONLY public.service_contracts
    ADD CONSTRAINT service_contracts_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);
ALTER TABLE ONLY public.service_contracts
    ADD CONSTRAINT service_contracts_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.service_contracts
    ADD CONSTRAINT service_contracts_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.services(id);
ALTER TABLE ONLY public.service_contracts
    ADD CONSTRAINT service_contracts_service_plan_id_fkey FOREIGN KEY (service_plan_id) REFERENCES public.service_plans(id);
ALTER TABLE ONLY public.service_plans
    ADD CONSTRAINT service_plans_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.service_plans
    ADD CONSTRAINT service_plans_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.services(id);
ALTER TABLE ONLY public.services
    ADD CONSTRAINT services_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.settings
    ADD CONSTRAINT settings_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.templates
    ADD CONSTRAINT templates_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.usage_limits
    ADD CONSTRAINT usage_limits_metric_id_fkey FOREIGN KEY (metric_id) REFERENCES public.metrics(id);
ALTER TABLE ONLY public.usage_limits
    ADD CONSTRAINT usage_limits_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES public.application_plans(id);
ALTER TABLE ONLY public.usage_limits
    ADD CONSTRAINT usage_limits_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.user_sessions
    ADD CONSTRAINT user_sessions_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.user_sessions
    ADD CONSTRAINT user_sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);
ALTER TABLE ONLY public.users
    ADD CONSTRAINT users_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
