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
CREATE TABLE public.account_group_accounts (
    account_id integer NOT NULL,
    group_id integer NOT NULL
);
CREATE TABLE public.account_group_sections (
    group_id integer NOT NULL,
    section_id integer NOT NULL
);
CREATE TABLE public.account_groups (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    name character varying NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.account_groups_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.account_groups_id_seq OWNED BY public.account_groups.id;
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
    updated_at timestamp with time zone NOT NULL,
    wanted_plan_id integer
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
CREATE TABLE public.alerts (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    account_id integer NOT NULL,
    application_id integer NOT NULL,
    service_id integer NOT NULL,
    metric_id integer NOT NULL,
    metric_name character varying NOT NULL,
    period character varying NOT NULL,
    window_start timestamp with time zone NOT NULL,
    level integer NOT NULL,
    limit_value bigint NOT NULL,
    used bigint NOT NULL,
    state character varying NOT NULL,
    provider_state character varying NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.alerts_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.alerts_id_seq OWNED BY public.alerts.id;
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
    updated_at timestamp with time zone NOT NULL,
    source_url character varying NOT NULL,
    outline text NOT NULL
);
CREATE SEQUENCE public.api_docs_services_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.api_docs_services_id_seq OWNED BY public.api_docs_services.id;
CREATE TABLE public.api_docs_versions (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    api_docs_id integer NOT NULL,
    number integer NOT NULL,
    body text NOT NULL,
    size integer NOT NULL,
    title character varying NOT NULL,
    changes text NOT NULL,
    breaking integer NOT NULL,
    is_public boolean NOT NULL,
    author character varying NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.api_docs_versions_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.api_docs_versions_id_seq OWNED BY public.api_docs_versions.id;
CREATE TABLE public.application_keys (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    application_id integer NOT NULL,
    digest bytea NOT NULL,
    sealed bytea NOT NULL,
    created_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone
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
    updated_at timestamp with time zone NOT NULL,
    wanted_plan_id integer,
    old_key_digest bytea,
    old_key_ends_at timestamp with time zone
);
CREATE SEQUENCE public.applications_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.applications_id_seq OWNED BY public.applications.id;
CREATE TABLE public.authentication_providers (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    kind character varying NOT NULL,
    name character varying NOT NULL,
    system_name character varying NOT NULL,
    client_id character varying NOT NULL,
    client_secret_sealed bytea NOT NULL,
    site character varying NOT NULL,
    identifier_key character varying NOT NULL,
    username_key character varying NOT NULL,
    trust_email boolean NOT NULL,
    published boolean NOT NULL,
    automatically_approve_accounts boolean NOT NULL,
    fault character varying NOT NULL,
    fault_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.authentication_providers_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.authentication_providers_id_seq OWNED BY public.authentication_providers.id;
CREATE TABLE public.authenticators (
    user_id integer NOT NULL,
    provider_id integer NOT NULL,
    secret_sealed bytea NOT NULL,
    last_step integer NOT NULL,
    confirmed_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE public.domains (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    service_id integer,
    name character varying NOT NULL,
    serves character varying NOT NULL,
    is_primary boolean NOT NULL,
    moves character varying NOT NULL,
    state character varying NOT NULL,
    proof character varying NOT NULL,
    token character varying NOT NULL,
    problem character varying NOT NULL,
    failures integer NOT NULL,
    checked_at timestamp with time zone,
    verified_at timestamp with time zone,
    failing_since timestamp with time zone,
    next_check_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.domains_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.domains_id_seq OWNED BY public.domains.id;
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
    facts json NOT NULL,
    transaction_id bigint DEFAULT ((pg_current_xact_id())::text)::bigint
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
CREATE TABLE public.feeds (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    url character varying NOT NULL,
    items json NOT NULL,
    error character varying NOT NULL,
    tried_at timestamp with time zone,
    fetched_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.feeds_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.feeds_id_seq OWNED BY public.feeds.id;
CREATE TABLE public.field_definitions (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    target character varying NOT NULL,
    name character varying NOT NULL,
    label character varying NOT NULL,
    hint character varying NOT NULL,
    required boolean NOT NULL,
    hidden boolean NOT NULL,
    read_only boolean NOT NULL,
    choices json NOT NULL,
    "position" integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.field_definitions_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.field_definitions_id_seq OWNED BY public.field_definitions.id;
CREATE TABLE public.forum_categories (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    name character varying NOT NULL,
    system_name character varying NOT NULL,
    description text NOT NULL,
    "position" integer NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.forum_categories_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.forum_categories_id_seq OWNED BY public.forum_categories.id;
CREATE TABLE public.forum_posts (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    topic_id integer NOT NULL,
    account_id integer,
    user_id integer,
    writer character varying NOT NULL,
    body text NOT NULL,
    is_first boolean NOT NULL,
    is_hidden boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    edited_at timestamp with time zone
);
CREATE SEQUENCE public.forum_posts_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.forum_posts_id_seq OWNED BY public.forum_posts.id;
CREATE TABLE public.forum_subscriptions (
    user_id integer NOT NULL,
    topic_id integer NOT NULL,
    provider_id integer NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE TABLE public.forum_topics (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    category_id integer,
    title character varying NOT NULL,
    tags character varying NOT NULL,
    is_sticky boolean NOT NULL,
    is_closed boolean NOT NULL,
    is_hidden boolean NOT NULL,
    replies integer NOT NULL,
    rank character varying NOT NULL,
    last_post_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.forum_topics_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.forum_topics_id_seq OWNED BY public.forum_topics.id;
CREATE TABLE public.gallery_entries (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    account_id integer NOT NULL,
    application_id integer NOT NULL,
    title character varying NOT NULL,
    description character varying NOT NULL,
    link character varying NOT NULL,
    state character varying NOT NULL,
    version integer NOT NULL,
    reason character varying NOT NULL,
    approved_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.gallery_entries_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.gallery_entries_id_seq OWNED BY public.gallery_entries.id;
CREATE TABLE public.hosts (
    id integer NOT NULL,
    name character varying NOT NULL,
    kind character varying NOT NULL,
    environment character varying NOT NULL,
    provider_id integer NOT NULL,
    service_id integer,
    created_at timestamp with time zone NOT NULL,
    domain_id integer
);
CREATE SEQUENCE public.hosts_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.hosts_id_seq OWNED BY public.hosts.id;
CREATE TABLE public.invitations (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    account_id integer NOT NULL,
    email character varying NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone,
    accepted_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.invitations_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.invitations_id_seq OWNED BY public.invitations.id;
CREATE TABLE public.legal_terms (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    kind character varying NOT NULL,
    version integer NOT NULL,
    text text NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.legal_terms_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.legal_terms_id_seq OWNED BY public.legal_terms.id;
CREATE TABLE public.look_files (
    provider_id integer NOT NULL,
    name character varying NOT NULL,
    text text NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE TABLE public.mails (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    event_id integer,
    template character varying NOT NULL,
    sender character varying NOT NULL,
    recipient character varying NOT NULL,
    subject character varying NOT NULL,
    state character varying NOT NULL,
    attempts integer NOT NULL,
    error character varying NOT NULL,
    sent_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    link_digest character varying,
    body_sealed bytea NOT NULL,
    html_sealed bytea,
    headers json NOT NULL,
    account_id integer
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
CREATE TABLE public.message_copies (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    message_id integer NOT NULL,
    account_id integer,
    role character varying NOT NULL,
    folder character varying NOT NULL,
    state character varying NOT NULL,
    read_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.message_copies_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.message_copies_id_seq OWNED BY public.message_copies.id;
CREATE TABLE public.messages (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    account_id integer,
    author character varying NOT NULL,
    subject character varying NOT NULL,
    body text NOT NULL,
    state character varying NOT NULL,
    label character varying NOT NULL,
    event_id integer,
    reply_to_id integer,
    reach json NOT NULL,
    recipients integer NOT NULL,
    delivered_to integer NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.messages_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.messages_id_seq OWNED BY public.messages.id;
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
CREATE TABLE public.notification_preferences (
    user_id integer NOT NULL,
    provider_id integer NOT NULL,
    switches json NOT NULL
);
CREATE TABLE public.one_time_tokens (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    user_id integer,
    purpose character varying NOT NULL,
    digest character varying NOT NULL,
    expires_at timestamp with time zone,
    used_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    invitation_id integer
);
CREATE SEQUENCE public.one_time_tokens_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.one_time_tokens_id_seq OWNED BY public.one_time_tokens.id;
CREATE TABLE public.passkeys (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    user_id integer NOT NULL,
    name character varying NOT NULL,
    credential_id character varying NOT NULL,
    public_key bytea NOT NULL,
    sign_count bigint NOT NULL,
    host character varying NOT NULL,
    last_used_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.passkeys_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.passkeys_id_seq OWNED BY public.passkeys.id;
CREATE TABLE public.plan_features (
    plan_id integer NOT NULL,
    feature_id integer NOT NULL
);
CREATE TABLE public.portal_file_chunks (
    file_id integer NOT NULL,
    number integer NOT NULL,
    content bytea NOT NULL
);
CREATE TABLE public.portal_files (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    section_id integer,
    path character varying NOT NULL,
    downloadable boolean NOT NULL,
    content_type character varying NOT NULL,
    size_bytes integer NOT NULL,
    digest character varying NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.portal_files_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.portal_files_id_seq OWNED BY public.portal_files.id;
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
    currency character varying NOT NULL,
    look json NOT NULL,
    reply_to_email character varying NOT NULL,
    portal_domain character varying NOT NULL,
    admin_domain character varying NOT NULL
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
    secret_token_sealed bytea NOT NULL,
    policy_chain_sealed bytea NOT NULL,
    ambiguous_paths character varying NOT NULL,
    api_test_passed_version integer
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
    deployed_by character varying NOT NULL,
    created_at timestamp with time zone NOT NULL,
    content_sealed bytea NOT NULL
);
CREATE SEQUENCE public.proxy_configs_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.proxy_configs_id_seq OWNED BY public.proxy_configs.id;
CREATE TABLE public.recovery_codes (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    user_id integer NOT NULL,
    digest bytea NOT NULL,
    used_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.recovery_codes_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.recovery_codes_id_seq OWNED BY public.recovery_codes.id;
CREATE TABLE public.redirects (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    source character varying NOT NULL,
    target character varying NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.redirects_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.redirects_id_seq OWNED BY public.redirects.id;
CREATE TABLE public.referrer_filters (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    application_id integer NOT NULL,
    value character varying NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.referrer_filters_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.referrer_filters_id_seq OWNED BY public.referrer_filters.id;
CREATE TABLE public.refusal_totals (
    service_id integer NOT NULL,
    application_id integer NOT NULL,
    code character varying NOT NULL,
    period character varying NOT NULL,
    window_start timestamp with time zone NOT NULL,
    value bigint NOT NULL
);
CREATE TABLE public.response_code_totals (
    application_id integer NOT NULL,
    code integer NOT NULL,
    period character varying NOT NULL,
    window_start timestamp with time zone NOT NULL,
    service_id integer NOT NULL,
    value bigint NOT NULL
);
CREATE TABLE public.sections (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    parent_id integer,
    title character varying NOT NULL,
    system_name character varying NOT NULL,
    public boolean NOT NULL,
    partial_path character varying NOT NULL,
    is_builtin boolean NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.sections_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.sections_id_seq OWNED BY public.sections.id;
CREATE TABLE public.service_contracts (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    account_id integer NOT NULL,
    service_id integer NOT NULL,
    service_plan_id integer NOT NULL,
    state character varying NOT NULL,
    created_at timestamp with time zone NOT NULL,
    wanted_plan_id integer
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
    updated_at timestamp with time zone NOT NULL,
    host_label character varying NOT NULL,
    staging_offered boolean NOT NULL,
    web_provider_levels character varying NOT NULL,
    email_provider_levels character varying NOT NULL,
    web_buyer_levels character varying NOT NULL,
    email_buyer_levels character varying NOT NULL,
    production_domain character varying NOT NULL,
    staging_domain character varying NOT NULL
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
    updated_at timestamp with time zone NOT NULL,
    allowed_origins text NOT NULL,
    multiple_users boolean NOT NULL,
    multiple_services boolean NOT NULL,
    site_access_code character varying NOT NULL,
    email_all_users boolean NOT NULL,
    sso_key_sealed bytea,
    spam_protection_level character varying NOT NULL,
    forum_enabled boolean NOT NULL,
    forum_public boolean NOT NULL,
    anonymous_posts_enabled boolean NOT NULL,
    app_gallery_enabled boolean NOT NULL,
    mcp_enabled boolean NOT NULL
);
CREATE TABLE public.spent_challenges (
    digest character varying NOT NULL,
    provider_id integer NOT NULL,
    expires_at timestamp with time zone
);
CREATE TABLE public.sso_authorizations (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    authentication_provider_id integer NOT NULL,
    user_id integer NOT NULL,
    uid character varying NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.sso_authorizations_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.sso_authorizations_id_seq OWNED BY public.sso_authorizations.id;
CREATE TABLE public.template_openings (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    template_id integer NOT NULL,
    user_id integer NOT NULL,
    name character varying NOT NULL,
    seen_at timestamp with time zone NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.template_openings_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.template_openings_id_seq OWNED BY public.template_openings.id;
CREATE TABLE public.template_versions (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    template_id integer NOT NULL,
    text text NOT NULL,
    author character varying NOT NULL,
    created_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.template_versions_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.template_versions_id_seq OWNED BY public.template_versions.id;
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
    updated_at timestamp with time zone NOT NULL,
    fault text,
    fault_line integer,
    fault_of timestamp with time zone,
    content_type character varying NOT NULL,
    liquid_enabled boolean NOT NULL,
    tags character varying NOT NULL,
    hidden boolean NOT NULL,
    searchable boolean NOT NULL,
    portlet character varying NOT NULL,
    feed_url character varying NOT NULL,
    posts integer NOT NULL,
    lock_version integer NOT NULL,
    changed_by character varying NOT NULL,
    system_name character varying,
    section_id integer,
    publish_at timestamp with time zone
);
CREATE SEQUENCE public.templates_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.templates_id_seq OWNED BY public.templates.id;
CREATE TABLE public.terms_acceptances (
    id integer NOT NULL,
    provider_id integer NOT NULL,
    account_id integer NOT NULL,
    terms_id integer NOT NULL,
    user_id integer,
    accepted_at timestamp with time zone NOT NULL
);
CREATE SEQUENCE public.terms_acceptances_id_seq
    AS integer
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;
ALTER SEQUENCE public.terms_acceptances_id_seq OWNED BY public.terms_acceptances.id;
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
    updated_at timestamp with time zone NOT NULL,
    awaits_link boolean NOT NULL,
    locale character varying NOT NULL,
    email_is_claimed boolean NOT NULL
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
ALTER TABLE ONLY public.account_groups ALTER COLUMN id SET DEFAULT nextval('public.account_groups_id_seq'::regclass);
ALTER TABLE ONLY public.account_plans ALTER COLUMN id SET DEFAULT nextval('public.account_plans_id_seq'::regclass);
ALTER TABLE ONLY public.accounts ALTER COLUMN id SET DEFAULT nextval('public.accounts_id_seq'::regclass);
ALTER TABLE ONLY public.alerts ALTER COLUMN id SET DEFAULT nextval('public.alerts_id_seq'::regclass);
ALTER TABLE ONLY public.api_docs_services ALTER COLUMN id SET DEFAULT nextval('public.api_docs_services_id_seq'::regclass);
ALTER TABLE ONLY public.api_docs_versions ALTER COLUMN id SET DEFAULT nextval('public.api_docs_versions_id_seq'::regclass);
ALTER TABLE ONLY public.application_keys ALTER COLUMN id SET DEFAULT nextval('public.application_keys_id_seq'::regclass);
ALTER TABLE ONLY public.application_plans ALTER COLUMN id SET DEFAULT nextval('public.application_plans_id_seq'::regclass);
ALTER TABLE ONLY public.applications ALTER COLUMN id SET DEFAULT nextval('public.applications_id_seq'::regclass);
ALTER TABLE ONLY public.authentication_providers ALTER COLUMN id SET DEFAULT nextval('public.authentication_providers_id_seq'::regclass);
ALTER TABLE ONLY public.domains ALTER COLUMN id SET DEFAULT nextval('public.domains_id_seq'::regclass);
ALTER TABLE ONLY public.events ALTER COLUMN id SET DEFAULT nextval('public.events_id_seq'::regclass);
ALTER TABLE ONLY public.features ALTER COLUMN id SET DEFAULT nextval('public.features_id_seq'::regclass);
ALTER TABLE ONLY public.feeds ALTER COLUMN id SET DEFAULT nextval('public.feeds_id_seq'::regclass);
ALTER TABLE ONLY public.field_definitions ALTER COLUMN id SET DEFAULT nextval('public.field_definitions_id_seq'::regclass);
ALTER TABLE ONLY public.forum_categories ALTER COLUMN id SET DEFAULT nextval('public.forum_categories_id_seq'::regclass);
ALTER TABLE ONLY public.forum_posts ALTER COLUMN id SET DEFAULT nextval('public.forum_posts_id_seq'::regclass);
ALTER TABLE ONLY public.forum_topics ALTER COLUMN id SET DEFAULT nextval('public.forum_topics_id_seq'::regclass);
ALTER TABLE ONLY public.gallery_entries ALTER COLUMN id SET DEFAULT nextval('public.gallery_entries_id_seq'::regclass);
ALTER TABLE ONLY public.hosts ALTER COLUMN id SET DEFAULT nextval('public.hosts_id_seq'::regclass);
ALTER TABLE ONLY public.invitations ALTER COLUMN id SET DEFAULT nextval('public.invitations_id_seq'::regclass);
ALTER TABLE ONLY public.legal_terms ALTER COLUMN id SET DEFAULT nextval('public.legal_terms_id_seq'::regclass);
ALTER TABLE ONLY public.mails ALTER COLUMN id SET DEFAULT nextval('public.mails_id_seq'::regclass);
ALTER TABLE ONLY public.mapping_rules ALTER COLUMN id SET DEFAULT nextval('public.mapping_rules_id_seq'::regclass);
ALTER TABLE ONLY public.message_copies ALTER COLUMN id SET DEFAULT nextval('public.message_copies_id_seq'::regclass);
ALTER TABLE ONLY public.messages ALTER COLUMN id SET DEFAULT nextval('public.messages_id_seq'::regclass);
ALTER TABLE ONLY public.metrics ALTER COLUMN id SET DEFAULT nextval('public.metrics_id_seq'::regclass);
ALTER TABLE ONLY public.one_time_tokens ALTER COLUMN id SET DEFAULT nextval('public.one_time_tokens_id_seq'::regclass);
ALTER TABLE ONLY public.passkeys ALTER COLUMN id SET DEFAULT nextval('public.passkeys_id_seq'::regclass);
ALTER TABLE ONLY public.portal_files ALTER COLUMN id SET DEFAULT nextval('public.portal_files_id_seq'::regclass);
ALTER TABLE ONLY public.providers ALTER COLUMN id SET DEFAULT nextval('public.providers_id_seq'::regclass);
ALTER TABLE ONLY public.proxies ALTER COLUMN id SET DEFAULT nextval('public.proxies_id_seq'::regclass);
ALTER TABLE ONLY public.proxy_configs ALTER COLUMN id SET DEFAULT nextval('public.proxy_configs_id_seq'::regclass);
ALTER TABLE ONLY public.recovery_codes ALTER COLUMN id SET DEFAULT nextval('public.recovery_codes_id_seq'::regclass);
ALTER TABLE ONLY public.redirects ALTER COLUMN id SET DEFAULT nextval('public.redirects_id_seq'::regclass);
ALTER TABLE ONLY public.referrer_filters ALTER COLUMN id SET DEFAULT nextval('public.referrer_filters_id_seq'::regclass);
ALTER TABLE ONLY public.sections ALTER COLUMN id SET DEFAULT nextval('public.sections_id_seq'::regclass);
ALTER TABLE ONLY public.service_contracts ALTER COLUMN id SET DEFAULT nextval('public.service_contracts_id_seq'::regclass);
ALTER TABLE ONLY public.service_plans ALTER COLUMN id SET DEFAULT nextval('public.service_plans_id_seq'::regclass);
ALTER TABLE ONLY public.services ALTER COLUMN id SET DEFAULT nextval('public.services_id_seq'::regclass);
ALTER TABLE ONLY public.sso_authorizations ALTER COLUMN id SET DEFAULT nextval('public.sso_authorizations_id_seq'::regclass);
ALTER TABLE ONLY public.template_openings ALTER COLUMN id SET DEFAULT nextval('public.template_openings_id_seq'::regclass);
ALTER TABLE ONLY public.template_versions ALTER COLUMN id SET DEFAULT nextval('public.template_versions_id_seq'::regclass);
ALTER TABLE ONLY public.templates ALTER COLUMN id SET DEFAULT nextval('public.templates_id_seq'::regclass);
ALTER TABLE ONLY public.terms_acceptances ALTER COLUMN id SET DEFAULT nextval('public.terms_acceptances_id_seq'::regclass);
ALTER TABLE ONLY public.usage_limits ALTER COLUMN id SET DEFAULT nextval('public.usage_limits_id_seq'::regclass);
ALTER TABLE ONLY public.user_sessions ALTER COLUMN id SET DEFAULT nextval('public.user_sessions_id_seq'::regclass);
ALTER TABLE ONLY public.users ALTER COLUMN id SET DEFAULT nextval('public.users_id_seq'::regclass);
INSERT INTO public.access_tokens VALUES (3, 1, 1, 'read only', '00a8df8c470c5c85404cb858054f6ba5b0e48e52b5523d3874c89d5aefe00ea0b5947ad93a9c77bad3bafe12ab28a6f9', '7a75', '["account_management"]', 'ro', '2999-01-01 00:00:00+00', NULL, '2026-11-25 23:40:06.162551+00');
INSERT INTO public.access_tokens VALUES (1, 1, 1, 'First start', 'beb3bb69854ea5446764d8f5d71879ec46b47f7bd3f980d0ed7b7a5186a2147192d28e8ebe8cacebab5f6aa9b832054c', '9723', '["account_management", "cms", "stats"]', 'rw', NULL, NULL, '2026-11-25 23:40:05.52728+00');
INSERT INTO public.access_tokens VALUES (2, 2, 3, 'First start', '36ddf4345bb023e28f335ed870e9d8546e231d98de22457d4bf7d6f39780b7be65e662c4de1c55dc8399b4049b4f8cb4', '1f4a', '["account_management", "cms", "stats"]', 'rw', NULL, NULL, '2026-11-25 23:40:05.749071+00');
INSERT INTO public.account_group_accounts VALUES (3, 1);
INSERT INTO public.account_group_sections VALUES (1, 1);
INSERT INTO public.account_groups VALUES (1, 1, 'Partners', '2026-11-25 10:00:00+00', '2026-11-25 10:00:00+00');
INSERT INTO public.account_plans VALUES (1, 1, 'Default', 'default', 'published', true, false, '2026-11-25 23:40:05.513606+00', '2026-11-25 23:40:05.513619+00', '', 0.0000, 0.0000, 0, 1);
INSERT INTO public.account_plans VALUES (2, 2, 'Default', 'default', 'published', true, false, '2026-11-25 23:40:05.743626+00', '2026-11-25 23:40:05.743638+00', '', 0.0000, 0.0000, 0, 1);
INSERT INTO public.account_plans VALUES (3, 1, 'Silver', 'silver', 'published', false, true, '2026-11-25 23:40:05.971494+00', '2026-11-25 23:40:06.020655+00', '', 0.0000, 0.0000, 0, 2);
INSERT INTO public.accounts VALUES (1, 1, 'Developer', 'approved', 1, false, '{}', NULL, '2026-11-25 23:40:05.688104+00', '2026-11-25 23:40:05.716683+00', NULL);
INSERT INTO public.accounts VALUES (2, 2, 'Developer', 'approved', 2, false, '{}', NULL, '2026-11-25 23:40:05.841788+00', '2026-11-25 23:40:05.850445+00', NULL);
INSERT INTO public.accounts VALUES (4, 1, 'Circus', 'pending', 3, true, '{}', NULL, '2026-11-25 23:40:06.026174+00', '2026-11-25 23:40:06.042623+00', NULL);
INSERT INTO public.accounts VALUES (5, 1, 'Farm', 'created', 1, false, '{}', NULL, '2026-11-25 23:40:06.050907+00', '2026-11-25 23:40:06.05092+00', NULL);
INSERT INTO public.accounts VALUES (3, 1, 'Zoo', 'approved', 3, true, '{}', NULL, '2026-11-25 23:40:06.004305+00', '2026-11-25 23:40:06.071959+00', NULL);
INSERT INTO public.alembic_version VALUES ('0043_mcp');
INSERT INTO public.alerts VALUES (1, 1, 3, 3, 3, 1, 'Hits', 'day', '2026-11-25 10:00:00+00', 80, 100, 80, 'unread', 'read', '2026-11-25 10:00:00+00');
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
}', true, false, '2026-11-25 23:40:05.666841+00', '2026-11-25 23:40:05.66686+00', '', '');
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
}', true, false, '2026-11-25 23:40:05.835581+00', '2026-11-25 23:40:05.835593+00', '', '');
INSERT INTO public.api_docs_services VALUES (3, 1, 3, 'Pets', 'pets', '', '{"openapi": "3.1.0", "info": {"title": "Pets", "version": "1"}, "paths": {}}', true, false, '2026-11-25 23:40:05.988517+00', '2026-11-25 23:40:05.988531+00', '', '');
INSERT INTO public.api_docs_versions VALUES (1, 1, 1, 1, '', 1940, '', '', 0, true, '', '2026-11-25 23:40:05.66686+00');
INSERT INTO public.api_docs_versions VALUES (2, 2, 2, 1, '', 1960, '', '', 0, true, '', '2026-11-25 23:40:05.835593+00');
INSERT INTO public.api_docs_versions VALUES (3, 1, 3, 1, '', 76, '', '', 0, true, '', '2026-11-25 23:40:05.988531+00');
INSERT INTO public.application_keys VALUES (1, 1, 9, '\x64e6521aceff01b59fe0f78a4feb096e338dcfc3d721f72e637deeff2a986ab7', '\x946556c33e78b75eea6ae93538b3388a74bc3c714270e3e573a97b0f6bf0d9d71d485d1b828f362ed482beab7f258a39f8b7f5ffda', '2026-11-25 23:40:06.09281+00', NULL);
INSERT INTO public.application_keys VALUES (2, 1, 9, '\x99441973ea977a23aac253726be4e014ac74adb76fa0e0283ee2a0eeaa37006f', '\x62c84911b75e7a37c46e7c9f34106639e504ff4872f8791a802840ca619aff36e92dbf07882097503b88504e9cb04f692cde2dfadb1159fcb5e20deb', '2026-11-25 23:40:06.098185+00', NULL);
INSERT INTO public.application_plans VALUES (2, 1, 1, 'Unlimited', 'unlimited', '', 'published', false, false, 0.0000, 0.0000, 0, 2, '2026-11-25 23:40:05.618796+00', '2026-11-25 23:40:05.630965+00');
INSERT INTO public.application_plans VALUES (1, 1, 1, 'Basic', 'basic', '', 'published', true, false, 0.0000, 0.0000, 0, 1, '2026-11-25 23:40:05.607316+00', '2026-11-25 23:40:05.637313+00');
INSERT INTO public.application_plans VALUES (4, 2, 2, 'Unlimited', 'unlimited', '', 'published', false, false, 0.0000, 0.0000, 0, 2, '2026-11-25 23:40:05.807521+00', '2026-11-25 23:40:05.815491+00');
INSERT INTO public.application_plans VALUES (3, 2, 2, 'Basic', 'basic', '', 'published', true, false, 0.0000, 0.0000, 0, 1, '2026-11-25 23:40:05.799574+00', '2026-11-25 23:40:05.819018+00');
INSERT INTO public.application_plans VALUES (5, 1, 3, 'Gold', 'gold', 'For zoos.', 'published', false, false, 120.5000, 9.9000, 14, 3, '2026-11-25 23:40:05.935303+00', '2026-11-25 23:40:05.962614+00');
INSERT INTO public.application_plans VALUES (6, 1, 3, 'Free', 'free', '', 'hidden', true, false, 0.0000, 0.0000, 0, 2, '2026-11-25 23:40:05.956709+00', '2026-11-25 23:40:05.965364+00');
INSERT INTO public.application_plans VALUES (7, 1, 3, 'Hidden', 'hidden', '', 'hidden', false, true, 0.0000, 0.0100, 0, 3, '2026-11-25 23:40:05.966959+00', '2026-11-25 23:40:05.966972+00');
INSERT INTO public.application_plans VALUES (8, 1, 3, 'Gold (copy)', 'gold_copy_4', 'For zoos.', 'hidden', false, false, 120.5000, 9.9000, 14, 4, '2026-11-25 23:40:05.979532+00', '2026-11-25 23:40:05.979544+00');
INSERT INTO public.applications VALUES (1, 1, 1, 1, 1, 'Developer''s App', 'API signup', 'live', '785d65f7', '\x7c2b653f9907150c639102111c21ee887783a4f301d6f5876e713b1b9dd4fb15', '\x395a483c892a3b453a5f07e3102ba91a4f09bf2f429cba636f10f390ba02948170203f1c9e8d61fea50a0e770b1e30e26da2f45006d288809911150c', '', 'api', '{}', NULL, '2026-11-25 23:40:05.705019+00', '2026-11-25 23:40:05.705042+00', NULL, NULL, NULL);
INSERT INTO public.applications VALUES (2, 2, 2, 2, 3, 'Developer''s App', 'API signup', 'live', 'ae0c3250', '\x79477d8114dbd4c8ff7009ca7b3c4d2b35485616361bfb6f2923aa5675521665', '\x4727e4b1c0829756539bbf860f8716944dfbbce91a60819af64c9417caa0fa4f06fa405a407f08f7a555f81cec709f7bcb7d1803247eff8692c1c84a', '', 'api', '{}', NULL, '2026-11-25 23:40:05.84767+00', '2026-11-25 23:40:05.847681+00', NULL, NULL, NULL);
INSERT INTO public.applications VALUES (3, 1, 3, 3, 5, 'Zoo app', 'Created at signup.', 'live', 'a52cd5ec', '\x90f120076d1d7109db393d05981f599edaf37f17f9c5e0097b6ea9b671a29369', '\xccaea638d07a2762678fa82fd472fb92b479e3c25d0fa5c9a12e09bba03dcd11df79122ef03f96aedbb83cf9519524375de7157a6fec88814673cb08', '', 'provider', '{}', NULL, '2026-11-25 23:40:06.013743+00', '2026-11-25 23:40:06.013759+00', NULL, NULL, NULL);
INSERT INTO public.applications VALUES (4, 1, 4, 1, 1, 'Circus''s App', 'Created at signup.', 'live', 'eaa8fddb', '\x37e3b8e35e7adc349f9c8dfcc42ed348c42fbb490c23df1dda1ef1910fb1e337', '\x447720aedb6264476ce4cd5a59c96126909a3f6637c3d6ae9713350ba3d7249a6c4afc813215cf44849062e12830d3e318b5c73ffe8d3ed656b99d8b', '', 'provider', '{}', NULL, '2026-11-25 23:40:06.034659+00', '2026-11-25 23:40:06.034676+00', NULL, NULL, NULL);
INSERT INTO public.applications VALUES (5, 1, 4, 3, 6, 'Circus''s App', 'Created at signup.', 'live', '42e9a6bd', '\xa5523813b06958129a554da8340174b4708df9e9258209fa5ab926d00be8cbc5', '\xf30117b7b40763eff8c687a2a4c3312e6e76cd587ceeea46a66b1d11f2d87e5d898269d8d8a51c0c12197761c87b114d0e037a82889073840b57cd0f', '', 'provider', '{}', NULL, '2026-11-25 23:40:06.038657+00', '2026-11-25 23:40:06.038681+00', NULL, NULL, NULL);
INSERT INTO public.applications VALUES (6, 1, 5, 1, 1, 'API signup', 'API signup', 'live', '847b7493', '\xe54610b30d3bf4c9eb7676782338cc9f54ce1b35df6cbdfd274596344a548dc1', '\x514a395f95765254b0d18cada4262ec717c2b30224e628285af01e7a1479e3668104a9f60800f6d4dee2bbb223f98036e1f112367f64b74ce54beaef', '', 'api', '{}', NULL, '2026-11-25 23:40:06.059733+00', '2026-11-25 23:40:06.059752+00', NULL, NULL, NULL);
INSERT INTO public.applications VALUES (7, 1, 5, 3, 6, 'API signup', 'API signup', 'live', '9045cba5', '\x1993dab449c3c996bb2b64b948700422006911dc6e4383f924b93b50f35f2bed', '\xb7229cc3124030cbd615dbf4136baa983613a89bd5336db4284d7e97698c92190d293af0df4fc21d985c8fb4d865984bb048d537d0244a6a68c15046', '', 'api', '{}', NULL, '2026-11-25 23:40:06.063875+00', '2026-11-25 23:40:06.063894+00', NULL, NULL, NULL);
INSERT INTO public.applications VALUES (8, 1, 3, 3, 7, 'Waits', '', 'pending', 'ea714825', '\x904b78f72a70d936f4b632a656209ba794b1d75420afda8f2a66fd5efa3b8000', '\x903b6b517e472884935cb6e4bbb55fdb2ba2f9113d8b726244518dbb54c34b3cf6efb106ae40c3d7b51ca8d29e66c9dff68b3ed6e178b32c11acb1ab', '', 'provider', '{}', NULL, '2026-11-25 23:40:06.078476+00', '2026-11-25 23:40:06.078494+00', NULL, NULL, NULL);
INSERT INTO public.applications VALUES (9, 1, 3, 3, 6, 'Out of order', '', 'suspended', '28bb2572', '\x8048b190f89289ac7c8212914e5ca7d966992af2223d9385a94ba318061e704e', '\x5e7a3424943cfce83c22b0c41aef9536b9d40a3d74f5e4a5652cfefa01f8450fdd8e7e23e591dba4b9dd3b139e802ca2647e78ab89b44b422cd9782c', '', 'provider', '{}', NULL, '2026-11-25 23:40:06.084511+00', '2026-11-25 23:40:06.101584+00', NULL, NULL, NULL);
INSERT INTO public.applications VALUES (10, 1, 3, 3, 5, 'Fixed key', '', 'live', '7deee85b', '\xc3dacbe222b69df9b92a2316aca59361e28e0f8e5e63872305250214028a5492', '\x6ebc3b5c9c293d6084c5302cf504d1c590269a3d1dd226296b497c12c2af643efeb5aac9de25aabc1bed058d1b1dcb089e15b444f100b8', '', 'provider', '{}', NULL, '2026-11-25 23:40:06.105786+00', '2026-11-25 23:40:06.110965+00', NULL, NULL, NULL);
INSERT INTO public.authentication_providers VALUES (1, 1, 'keycloak', 'Keycloak', 'keycloak', 'portal', '\xcc0ac7da3a72b562edae74e67498e3e55ead2596a425523386f30ac39d0739a00df1e1cadeb0925ccd789b4a51e36ddd2b', 'https://id.example.com/realms/apis', 'sub', 'preferred_username', true, true, false, '', '2026-11-25 10:00:00+00', '2026-11-25 10:00:00+00', '2026-11-25 10:00:00+00');
INSERT INTO public.authenticators VALUES (2, 1, '\x936edaa1aad015076ed2de8164354572fb79d5b59785a8808a0fa3cf3dd9b97481b17e420e3b66e4b4d39a37d87578d2f4', 1, '2026-11-25 10:00:00+00', '2026-11-25 10:00:00+00');
INSERT INTO public.domains VALUES (1, 1, NULL, 'developers.example.com', 'portal', true, '', 'verified', 'dns', 'token-of-the-fixture', '', 1, '2026-11-25 10:00:00+00', '2026-11-25 10:00:00+00', NULL, '2026-11-25 10:00:00+00', '2026-11-25 10:00:00+00', '2026-11-25 10:00:00+00');
INSERT INTO public.events VALUES (1, 1, 'provider.created', 'system', NULL, NULL, NULL, 1, '{}', '2026-11-25 23:40:05.527499+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (2, 1, 'service.created', 'system', NULL, NULL, 1, 1, '{}', '2026-11-25 23:40:05.546019+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (3, 1, 'proxy_config.deployed', 'system', NULL, NULL, 1, 1, '{"version": [null, 1]}', '2026-11-25 23:40:05.590615+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (4, 1, 'feature.created', 'system', NULL, NULL, 1, 1, '{}', '2026-11-25 23:40:05.596388+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (5, 1, 'feature.created', 'system', NULL, NULL, 1, 2, '{}', '2026-11-25 23:40:05.600502+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (6, 1, 'feature.created', 'system', NULL, NULL, 1, 3, '{}', '2026-11-25 23:40:05.604843+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (7, 1, 'plan.created', 'system', NULL, NULL, 1, 1, '{}', '2026-11-25 23:40:05.615762+00', NULL, '{"plan": "ApplicationPlan"}', 726);
INSERT INTO public.events VALUES (8, 1, 'plan.created', 'system', NULL, NULL, 1, 2, '{}', '2026-11-25 23:40:05.623862+00', NULL, '{"plan": "ApplicationPlan"}', 726);
INSERT INTO public.events VALUES (9, 1, 'plan.updated', 'system', NULL, NULL, 1, 1, '{"is_default": [false, true]}', '2026-11-25 23:40:05.634997+00', NULL, '{"plan": "ApplicationPlan"}', 726);
INSERT INTO public.events VALUES (10, 1, 'plan.updated', 'system', NULL, NULL, 1, 1, '{"included": [false, true]}', '2026-11-25 23:40:05.645087+00', NULL, '{"plan": "ApplicationPlan", "feature": "Unlimited Greetings"}', 726);
INSERT INTO public.events VALUES (11, 1, 'plan.updated', 'system', NULL, NULL, 1, 2, '{"included": [false, true]}', '2026-11-25 23:40:05.651878+00', NULL, '{"plan": "ApplicationPlan", "feature": "Unlimited Greetings"}', 726);
INSERT INTO public.events VALUES (12, 1, 'plan.updated', 'system', NULL, NULL, 1, 2, '{"included": [false, true]}', '2026-11-25 23:40:05.65785+00', NULL, '{"plan": "ApplicationPlan", "feature": "24/7 support"}', 726);
INSERT INTO public.events VALUES (13, 1, 'plan.updated', 'system', NULL, NULL, 1, 2, '{"included": [false, true]}', '2026-11-25 23:40:05.66376+00', NULL, '{"plan": "ApplicationPlan", "feature": "Unlimited calls"}', 726);
INSERT INTO public.events VALUES (14, 1, 'api_docs.created', 'system', NULL, NULL, 1, 1, '{}', '2026-11-25 23:40:05.675507+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (15, 1, 'account.created', 'system', NULL, 1, NULL, 1, '{}', '2026-11-25 23:40:05.699705+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (16, 1, 'application.created', 'system', NULL, 1, 1, 1, '{}', '2026-11-25 23:40:05.71383+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (17, 1, 'user.created', 'system', NULL, 1, NULL, 2, '{}', '2026-11-25 23:40:05.715666+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (18, 1, 'proxy_config.promoted', 'system', NULL, NULL, 1, 2, '{"version": [null, 1]}', '2026-11-25 23:40:05.733647+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (19, 2, 'provider.created', 'system', NULL, NULL, NULL, 2, '{}', '2026-11-25 23:40:05.749274+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (20, 2, 'service.created', 'system', NULL, NULL, 2, 2, '{}', '2026-11-25 23:40:05.764919+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (21, 2, 'proxy_config.deployed', 'system', NULL, NULL, 2, 3, '{"version": [null, 1]}', '2026-11-25 23:40:05.788422+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (22, 2, 'feature.created', 'system', NULL, NULL, 2, 4, '{}', '2026-11-25 23:40:05.791701+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (23, 2, 'feature.created', 'system', NULL, NULL, 2, 5, '{}', '2026-11-25 23:40:05.794496+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (24, 2, 'feature.created', 'system', NULL, NULL, 2, 6, '{}', '2026-11-25 23:40:05.797473+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (25, 2, 'plan.created', 'system', NULL, NULL, 2, 3, '{}', '2026-11-25 23:40:05.805272+00', NULL, '{"plan": "ApplicationPlan"}', 726);
INSERT INTO public.events VALUES (26, 2, 'plan.created', 'system', NULL, NULL, 2, 4, '{}', '2026-11-25 23:40:05.811568+00', NULL, '{"plan": "ApplicationPlan"}', 726);
INSERT INTO public.events VALUES (27, 2, 'plan.updated', 'system', NULL, NULL, 2, 3, '{"is_default": [false, true]}', '2026-11-25 23:40:05.817809+00', NULL, '{"plan": "ApplicationPlan"}', 726);
INSERT INTO public.events VALUES (28, 2, 'plan.updated', 'system', NULL, NULL, 2, 3, '{"included": [false, true]}', '2026-11-25 23:40:05.82328+00', NULL, '{"plan": "ApplicationPlan", "feature": "Unlimited Greetings"}', 726);
INSERT INTO public.events VALUES (29, 2, 'plan.updated', 'system', NULL, NULL, 2, 4, '{"included": [false, true]}', '2026-11-25 23:40:05.827642+00', NULL, '{"plan": "ApplicationPlan", "feature": "Unlimited Greetings"}', 726);
INSERT INTO public.events VALUES (30, 2, 'plan.updated', 'system', NULL, NULL, 2, 4, '{"included": [false, true]}', '2026-11-25 23:40:05.830954+00', NULL, '{"plan": "ApplicationPlan", "feature": "24/7 support"}', 726);
INSERT INTO public.events VALUES (31, 2, 'plan.updated', 'system', NULL, NULL, 2, 4, '{"included": [false, true]}', '2026-11-25 23:40:05.833942+00', NULL, '{"plan": "ApplicationPlan", "feature": "Unlimited calls"}', 726);
INSERT INTO public.events VALUES (32, 2, 'api_docs.created', 'system', NULL, NULL, 2, 2, '{}', '2026-11-25 23:40:05.838195+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (33, 2, 'account.created', 'system', NULL, 2, NULL, 2, '{}', '2026-11-25 23:40:05.845806+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (34, 2, 'application.created', 'system', NULL, 2, 2, 2, '{}', '2026-11-25 23:40:05.849337+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (35, 2, 'user.created', 'system', NULL, 2, NULL, 4, '{}', '2026-11-25 23:40:05.850244+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (36, 2, 'proxy_config.promoted', 'system', NULL, NULL, 2, 4, '{"version": [null, 1]}', '2026-11-25 23:40:05.859636+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (37, 1, 'service.created', 'system', NULL, NULL, 3, 3, '{}', '2026-11-25 23:40:05.864369+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (38, 1, 'proxy_config.deployed', 'system', NULL, NULL, 3, 5, '{"version": [null, 1]}', '2026-11-25 23:40:05.880555+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (39, 1, 'service.updated', 'system', NULL, NULL, 3, 3, '{"is_default": [false, true]}', '2026-11-25 23:40:05.884505+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (40, 1, 'mapping_rule.deleted', 'system', NULL, NULL, 3, 3, '{}', '2026-11-25 23:40:05.890216+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (41, 1, 'metric.created', 'system', NULL, NULL, 3, 4, '{}', '2026-11-25 23:40:05.895261+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (42, 1, 'metric.created', 'system', NULL, NULL, 3, 5, '{}', '2026-11-25 23:40:05.898718+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (43, 1, 'mapping_rule.created', 'system', NULL, NULL, 3, 4, '{}', '2026-11-25 23:40:05.905326+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (44, 1, 'mapping_rule.created', 'system', NULL, NULL, 3, 5, '{}', '2026-11-25 23:40:05.910338+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (45, 1, 'mapping_rule.created', 'system', NULL, NULL, 3, 6, '{}', '2026-11-25 23:40:05.915191+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (46, 1, 'proxy.updated', 'system', NULL, NULL, 3, 3, '{"api_backend": ["http://localhost:8000/echo", "https://pets.example.com:443"], "ambiguous_paths": ["refuse", "as_written"], "error_status_no_match": [404, 418]}', '2026-11-25 23:40:05.922083+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (47, 1, 'proxy_config.deployed', 'system', NULL, NULL, 3, 6, '{"version": [1, 2]}', '2026-11-25 23:40:05.930654+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (48, 1, 'feature.created', 'system', NULL, NULL, 3, 7, '{}', '2026-11-25 23:40:05.933709+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (49, 1, 'plan.created', 'system', NULL, NULL, 3, 5, '{}', '2026-11-25 23:40:05.937639+00', NULL, '{"plan": "ApplicationPlan"}', 726);
INSERT INTO public.events VALUES (50, 1, 'plan.updated', 'system', NULL, NULL, 3, 5, '{"included": [false, true]}', '2026-11-25 23:40:05.940488+00', NULL, '{"plan": "ApplicationPlan", "feature": "Kittens"}', 726);
INSERT INTO public.events VALUES (51, 1, 'usage_limit.set', 'system', NULL, NULL, 3, 1, '{}', '2026-11-25 23:40:05.949592+00', NULL, '{"plan_id": 5, "metric_id": 3, "period": "minute", "value": 5}', 726);
INSERT INTO public.events VALUES (52, 1, 'usage_limit.set', 'system', NULL, NULL, 3, 2, '{}', '2026-11-25 23:40:05.955005+00', NULL, '{"plan_id": 5, "metric_id": 5, "period": "day", "value": 1}', 726);
INSERT INTO public.events VALUES (53, 1, 'plan.created', 'system', NULL, NULL, 3, 6, '{}', '2026-11-25 23:40:05.960081+00', NULL, '{"plan": "ApplicationPlan"}', 726);
INSERT INTO public.events VALUES (54, 1, 'plan.updated', 'system', NULL, NULL, 3, 6, '{"is_default": [false, true]}', '2026-11-25 23:40:05.964365+00', NULL, '{"plan": "ApplicationPlan"}', 726);
INSERT INTO public.events VALUES (55, 1, 'plan.created', 'system', NULL, NULL, 3, 7, '{}', '2026-11-25 23:40:05.970473+00', NULL, '{"plan": "ApplicationPlan"}', 726);
INSERT INTO public.events VALUES (56, 1, 'plan.created', 'system', NULL, NULL, NULL, 3, '{}', '2026-11-25 23:40:05.975758+00', NULL, '{"plan": "AccountPlan"}', 726);
INSERT INTO public.events VALUES (57, 1, 'plan.created', 'system', NULL, NULL, 3, 8, '{}', '2026-11-25 23:40:05.982307+00', NULL, '{"plan": "ApplicationPlan"}', 726);
INSERT INTO public.events VALUES (58, 1, 'api_docs.created', 'system', NULL, NULL, 3, 3, '{}', '2026-11-25 23:40:05.992288+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (59, 1, 'template.created', 'system', NULL, NULL, NULL, 1, '{}', '2026-11-25 23:40:05.997316+00', NULL, '{"kind": "page", "name": "/docs"}', 726);
INSERT INTO public.events VALUES (60, 1, 'template.created', 'system', NULL, NULL, NULL, 2, '{}', '2026-11-25 23:40:05.999965+00', NULL, '{"kind": "partial", "name": "a.b/c"}', 726);
INSERT INTO public.events VALUES (61, 1, 'account.created', 'system', NULL, 3, NULL, 3, '{}', '2026-11-25 23:40:06.009543+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (62, 1, 'application.created', 'system', NULL, 3, 3, 3, '{}', '2026-11-25 23:40:06.015913+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (63, 1, 'user.created', 'system', NULL, 3, NULL, 5, '{}', '2026-11-25 23:40:06.017198+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (64, 1, 'account.created', 'system', NULL, 4, NULL, 4, '{}', '2026-11-25 23:40:06.031464+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (65, 1, 'application.created', 'system', NULL, 4, 1, 4, '{}', '2026-11-25 23:40:06.037043+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (66, 1, 'application.created', 'system', NULL, 4, 3, 5, '{}', '2026-11-25 23:40:06.041024+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (67, 1, 'account.pending', 'system', NULL, 4, NULL, 4, '{"state": ["created", "pending"]}', '2026-11-25 23:40:06.042315+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (68, 1, 'user.created', 'system', NULL, 4, NULL, 6, '{}', '2026-11-25 23:40:06.044156+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (69, 1, 'account.created', 'system', NULL, 5, NULL, 5, '{}', '2026-11-25 23:40:06.056298+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (70, 1, 'application.created', 'system', NULL, 5, 1, 6, '{}', '2026-11-25 23:40:06.062155+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (71, 1, 'application.created', 'system', NULL, 5, 3, 7, '{}', '2026-11-25 23:40:06.065693+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (72, 1, 'user.created', 'system', NULL, 5, NULL, 7, '{}', '2026-11-25 23:40:06.066818+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (73, 1, 'account.plan_changed', 'system', NULL, 3, NULL, 3, '{"account_plan_id": [1, 3]}', '2026-11-25 23:40:06.071271+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (74, 1, 'application.created', 'system', NULL, 3, 3, 8, '{}', '2026-11-25 23:40:06.080496+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (75, 1, 'application.created', 'system', NULL, 3, 3, 9, '{}', '2026-11-25 23:40:06.086554+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (76, 1, 'application.key_created', 'system', NULL, 3, 3, 9, '{}', '2026-11-25 23:40:06.095151+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (77, 1, 'application.key_created', 'system', NULL, 3, 3, 9, '{}', '2026-11-25 23:40:06.09903+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (78, 1, 'application.suspended', 'system', NULL, 3, 3, 9, '{"state": ["live", "suspended"]}', '2026-11-25 23:40:06.100898+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (79, 1, 'application.created', 'system', NULL, 3, 3, 10, '{}', '2026-11-25 23:40:06.107783+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (80, 1, 'application.user_key_updated', 'system', NULL, 3, 3, 10, '{"user_key": ["(hidden)", "(hidden)"]}', '2026-11-25 23:40:06.112219+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (81, 1, 'setting.updated', 'system', NULL, NULL, NULL, 1, '{"public_search": [false, true]}', '2026-11-25 23:40:06.116446+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (82, 1, 'proxy.updated', 'system', NULL, NULL, 1, 1, '{"policy_chain": ["(hidden)", "(hidden)"]}', '2026-11-25 23:40:06.125381+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (83, 1, 'proxy_config.deployed', 'system', NULL, NULL, 1, 7, '{"version": [1, 2]}', '2026-11-25 23:40:06.135063+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (84, 1, 'proxy_config.promoted', 'system', NULL, NULL, 1, 8, '{"version": [1, 2]}', '2026-11-25 23:40:06.140167+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (85, 1, 'proxy_config.promoted', 'system', NULL, NULL, 3, 9, '{"version": [null, 2]}', '2026-11-25 23:40:06.14492+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (86, 1, 'proxy.updated', 'system', NULL, NULL, 1, 1, '{"auth_user_key": ["user_key", "key"]}', '2026-11-25 23:40:06.151594+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (87, 1, 'proxy_config.deployed', 'system', NULL, NULL, 1, 10, '{"version": [2, 3]}', '2026-11-25 23:40:06.161245+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (88, 1, 'access_token.created', 'admin', 1, NULL, NULL, 3, '{}', '2026-11-25 23:40:06.164636+00', NULL, '{}', 726);
INSERT INTO public.events VALUES (89, 1, 'user.logged_in', 'admin', 1, NULL, NULL, 1, '{}', '2026-11-25 23:40:06.1972+00', NULL, '{}', 788);
INSERT INTO public.events VALUES (90, 1, 'user.logged_in', 'keeper', 5, 3, NULL, 5, '{}', '2026-11-25 23:40:06.207041+00', NULL, '{}', 789);
INSERT INTO public.features VALUES (1, 1, 1, 'Unlimited Greetings', 'unlimited_greetings', '', '2026-11-25 23:40:05.593217+00');
INSERT INTO public.features VALUES (2, 1, 1, '24/7 support', '24_7_support', '', '2026-11-25 23:40:05.598698+00');
INSERT INTO public.features VALUES (3, 1, 1, 'Unlimited calls', 'unlimited_calls', '', '2026-11-25 23:40:05.602859+00');
INSERT INTO public.features VALUES (4, 2, 2, 'Unlimited Greetings', 'unlimited_greetings', '', '2026-11-25 23:40:05.790239+00');
INSERT INTO public.features VALUES (5, 2, 2, '24/7 support', '24_7_support', '', '2026-11-25 23:40:05.793153+00');
INSERT INTO public.features VALUES (6, 2, 2, 'Unlimited calls', 'unlimited_calls', '', '2026-11-25 23:40:05.795863+00');
INSERT INTO public.features VALUES (7, 1, 3, 'Kittens', 'kittens', 'Small cats.', '2026-11-25 23:40:05.932214+00');
INSERT INTO public.feeds VALUES (1, 1, 'https://blog.example.com/feed.xml', '[]', '', '2026-11-25 10:00:00+00', '2026-11-25 10:00:00+00', '2026-11-25 10:00:00+00');
INSERT INTO public.field_definitions VALUES (1, 1, 'account', 'org_name', 'Organisation or project', '', true, false, false, '[]', 1, '2026-11-26 10:06:54.699012+00', '2026-11-26 10:06:54.699012+00');
INSERT INTO public.field_definitions VALUES (2, 1, 'user', 'username', 'Username', '', true, false, false, '[]', 1, '2026-11-26 10:06:54.699012+00', '2026-11-26 10:06:54.699012+00');
INSERT INTO public.field_definitions VALUES (3, 1, 'user', 'email', 'Mail address', '', true, false, false, '[]', 2, '2026-11-26 10:06:54.699012+00', '2026-11-26 10:06:54.699012+00');
INSERT INTO public.field_definitions VALUES (4, 1, 'user', 'first_name', 'First name', '', false, false, false, '[]', 3, '2026-11-26 10:06:54.699012+00', '2026-11-26 10:06:54.699012+00');
INSERT INTO public.field_definitions VALUES (5, 1, 'user', 'last_name', 'Last name', '', false, false, false, '[]', 4, '2026-11-26 10:06:54.699012+00', '2026-11-26 10:06:54.699012+00');
INSERT INTO public.field_definitions VALUES (6, 1, 'application', 'name', 'Name', '', true, false, false, '[]', 1, '2026-11-26 10:06:54.699012+00', '2026-11-26 10:06:54.699012+00');
INSERT INTO public.field_definitions VALUES (7, 1, 'application', 'description', 'Description', '', false, false, false, '[]', 2, '2026-11-26 10:06:54.699012+00', '2026-11-26 10:06:54.699012+00');
INSERT INTO public.field_definitions VALUES (8, 2, 'account', 'org_name', 'Organisation or project', '', true, false, false, '[]', 1, '2026-11-26 10:06:54.699012+00', '2026-11-26 10:06:54.699012+00');
INSERT INTO public.field_definitions VALUES (9, 2, 'user', 'username', 'Username', '', true, false, false, '[]', 1, '2026-11-26 10:06:54.699012+00', '2026-11-26 10:06:54.699012+00');
INSERT INTO public.field_definitions VALUES (10, 2, 'user', 'email', 'Mail address', '', true, false, false, '[]', 2, '2026-11-26 10:06:54.699012+00', '2026-11-26 10:06:54.699012+00');
INSERT INTO public.field_definitions VALUES (11, 2, 'user', 'first_name', 'First name', '', false, false, false, '[]', 3, '2026-11-26 10:06:54.699012+00', '2026-11-26 10:06:54.699012+00');
INSERT INTO public.field_definitions VALUES (12, 2, 'user', 'last_name', 'Last name', '', false, false, false, '[]', 4, '2026-11-26 10:06:54.699012+00', '2026-11-26 10:06:54.699012+00');
INSERT INTO public.field_definitions VALUES (13, 2, 'application', 'name', 'Name', '', true, false, false, '[]', 1, '2026-11-26 10:06:54.699012+00', '2026-11-26 10:06:54.699012+00');
INSERT INTO public.field_definitions VALUES (14, 2, 'application', 'description', 'Description', '', false, false, false, '[]', 2, '2026-11-26 10:06:54.699012+00', '2026-11-26 10:06:54.699012+00');
INSERT INTO public.forum_categories VALUES (1, 1, 'Questions', 'questions', 'Ask here.', 1, '2026-11-25 10:00:00+00');
INSERT INTO public.forum_posts VALUES (1, 1, 1, 3, 5, 'keeper', 'How do I *start*?', true, false, '2026-11-25 10:00:00+00', '2026-11-25 10:00:00+00');
INSERT INTO public.forum_subscriptions VALUES (5, 1, 1, '2026-11-25 10:00:00+00');
INSERT INTO public.forum_topics VALUES (1, 1, 1, 'Starting', 'start', false, false, false, 1, '0', '2026-11-25 10:00:00+00', '2026-11-25 10:00:00+00');
INSERT INTO public.gallery_entries VALUES (1, 1, 3, 3, 'Maps', 'Shows maps.', 'https://maps.example.com', 'approved', 2, '', '2026-11-25 10:00:00+00', '2026-11-25 10:00:00+00');
INSERT INTO public.hosts VALUES (1, 'acme', 'portal', '', 1, NULL, '2026-11-25 23:40:05.508298+00', NULL);
INSERT INTO public.hosts VALUES (2, 'acme-admin', 'admin', '', 1, NULL, '2026-11-25 23:40:05.508453+00', NULL);
INSERT INTO public.hosts VALUES (3, 'api-acme', 'gateway', 'production', 1, 1, '2026-11-25 23:40:05.551943+00', NULL);
INSERT INTO public.hosts VALUES (4, 'api-acme.staging', 'gateway', 'staging', 1, 1, '2026-11-25 23:40:05.552091+00', NULL);
INSERT INTO public.hosts VALUES (5, 'globex', 'portal', '', 2, NULL, '2026-11-25 23:40:05.740564+00', NULL);
INSERT INTO public.hosts VALUES (6, 'globex-admin', 'admin', '', 2, NULL, '2026-11-25 23:40:05.740708+00', NULL);
INSERT INTO public.hosts VALUES (7, 'api-globex', 'gateway', 'production', 2, 2, '2026-11-25 23:40:05.769128+00', NULL);
INSERT INTO public.hosts VALUES (8, 'api-globex.staging', 'gateway', 'staging', 2, 2, '2026-11-25 23:40:05.769279+00', NULL);
INSERT INTO public.hosts VALUES (9, 'petstore-acme', 'gateway', 'production', 1, 3, '2026-11-25 23:40:05.867156+00', NULL);
INSERT INTO public.hosts VALUES (10, 'petstore-acme.staging', 'gateway', 'staging', 1, 3, '2026-11-25 23:40:05.867297+00', NULL);
INSERT INTO public.invitations VALUES (1, 1, 3, 'friend@example.com', '2026-11-25 10:00:00+00', '2026-11-25 10:00:00+00', NULL, '2026-11-25 10:00:00+00');
INSERT INTO public.legal_terms VALUES (1, 1, 'signup_licence', 1, 'Be kind.', '2026-11-25 10:00:00+00');
INSERT INTO public.look_files VALUES (1, 'style.css', 'body { color: black }', '2026-11-25 10:00:00+00');
INSERT INTO public.mails VALUES (1, 1, 1, 'welcome', 'a@acme.example', 'keeper@zoo.example', 'Hello; it''s ''you''', 'queued', 0, '', NULL, '2026-11-25 23:40:06.175415+00', NULL, '\x052601697ffff94d1b5fe36baff4917754a20ce42b3a079dfcee29ff9256d3c67537627c248eabbd326162d623a076b9b96e3453eb11d4', NULL, '{}', NULL);
INSERT INTO public.mapping_rules VALUES (1, 1, 1, 1, 'GET', '/', 1, 1, false, '2026-11-25 23:40:05.560454+00', '2026-11-25 23:40:05.560475+00');
INSERT INTO public.mapping_rules VALUES (2, 2, 2, 2, 'GET', '/', 1, 1, false, '2026-11-25 23:40:05.778473+00', '2026-11-25 23:40:05.778488+00');
INSERT INTO public.mapping_rules VALUES (4, 1, 3, 5, 'POST', '/adoptions', 1, 1, true, '2026-11-25 23:40:05.900364+00', '2026-11-25 23:40:05.900376+00');
INSERT INTO public.mapping_rules VALUES (5, 1, 3, 3, 'GET', '/', 1, 2, false, '2026-11-25 23:40:05.907081+00', '2026-11-25 23:40:05.907093+00');
INSERT INTO public.mapping_rules VALUES (6, 1, 3, 4, 'GET', '/', 10, 3, false, '2026-11-25 23:40:05.911973+00', '2026-11-25 23:40:05.911985+00');
INSERT INTO public.message_copies VALUES (1, 1, 1, 3, 'recipient', 'inbox', 'unread', NULL, '2026-11-25 10:00:00+00');
INSERT INTO public.messages VALUES (1, 1, 3, 'admin', 'Welcome', 'Hello there.', 'sent', '', NULL, NULL, '{}', 1, 1, '2026-11-25 10:00:00+00');
INSERT INTO public.metrics VALUES (1, 1, 1, NULL, 'hits', 'Hits', 'hit', '', '2026-11-25 23:40:05.556444+00', '2026-11-25 23:40:05.556463+00');
INSERT INTO public.metrics VALUES (2, 2, 2, NULL, 'hits', 'Hits', 'hit', '', '2026-11-25 23:40:05.775708+00', '2026-11-25 23:40:05.775726+00');
INSERT INTO public.metrics VALUES (3, 1, 3, NULL, 'hits', 'Hits', 'hit', '', '2026-11-25 23:40:05.869939+00', '2026-11-25 23:40:05.869951+00');
INSERT INTO public.metrics VALUES (4, 1, 3, NULL, 'bytes', 'Bytes', 'byte', '', '2026-11-25 23:40:05.893559+00', '2026-11-25 23:40:05.893571+00');
INSERT INTO public.metrics VALUES (5, 1, 3, 3, 'adopt', 'Adopt', 'hit', '', '2026-11-25 23:40:05.897061+00', '2026-11-25 23:40:05.897072+00');
INSERT INTO public.notification_preferences VALUES (5, 1, '{}');
INSERT INTO public.one_time_tokens VALUES (1, 1, 5, 'password_reset', '84b250444a964c6c72eb3701e589e3cdf28746fdb8215cb416ce0e842b48a82ffe5faa9a9c2b1aa2e81d79db2bef81c2', '2026-11-26 23:40:06.175027+00', NULL, '2026-11-25 23:40:06.175199+00', NULL);
INSERT INTO public.passkeys VALUES (1, 1, 2, 'Phone', 'credential-of-the-fixture', '\x0a73416da22f41e895235440819f78c6a2b26f2b5872103ac5214c1bd76f21ec', 1, 'acme.localhost', '2026-11-25 10:00:00+00', '2026-11-25 10:00:00+00');
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
INSERT INTO public.portal_file_chunks VALUES (1, 0, '\x3c7376672f3e');
INSERT INTO public.portal_files VALUES (1, 1, 1, '/images/logo.svg', false, 'image/svg+xml', 6, 'd4dc56669143034f31aa309635d4113d9ad76a02b1739da22c965ed2049be9e6', '2026-11-25 10:00:00+00', '2026-11-25 10:00:00+00');
INSERT INTO public.providers VALUES (1, 'Acme', 'acme', 'approved', true, '\x99ab6d7de83160f52f8cf63de5820ae06c77448cbc308985c4b53cb18f44a321', '\xc5ab690fd83421f8f52ab35361beaaca3157ed63ce1320d1fa1d00445f9cead8a6eaf6f906fe6a20b50100f3e9d83bd8cf43638f0ddedca62505b60b', 'UTC', 'admin@acme.example', 'admin@acme.example', '', '2026-11-25 23:40:05.500231+00', '2026-11-25 23:40:05.523908+00', 'USD', '{}', '', '', '');
INSERT INTO public.providers VALUES (2, 'Globex', 'globex', 'approved', false, '\x21539f61347d1211d73f5515bd2f7e7ea0a7ce11a39ce2d3e6901663e423f9e6', '\xa2f4a513929fe2861aaa312edf869e539cf56e5279513b9381df824375ab4c60db005de699fb09153d4a35c57f6e247953a7c7e2204205f81a599811', 'UTC', 'admin@globex.example', 'admin@globex.example', '', '2026-11-25 23:40:05.737129+00', '2026-11-25 23:40:05.746882+00', 'USD', '{}', '', '', '');
INSERT INTO public.proxies VALUES (2, 2, 2, 'http://localhost:8000/echo', '/', '', 'query', 'user_key', 'app_id', 'app_key', 'Authentication failed', 403, 'text/plain; charset=us-ascii', 'Authentication parameters missing', 403, 'text/plain; charset=us-ascii', 'No Mapping Rule matched', 404, 'text/plain; charset=us-ascii', 'Usage limit exceeded', 429, 'text/plain; charset=us-ascii', NULL, NULL, '', NULL, '2026-11-25 23:40:05.785751+00', 0, '2026-11-25 23:40:05.778778+00', '2026-11-25 23:40:05.787745+00', '\xba90f5b3561f954bc1651311ce7f02ab61d528c1eea02128a9f989a9e040a0f7f091e997f37d6833affcd71b277316c8b2d54170d0d9bc7b67c1163d5918ee0a173c19df87f921f4e60a9a93bb85e0e66bd1497c27728ca0c5', '\x74f3d767f5ce7b3cf890697889f9af77fbdc4f68088fa03e3eb1d2d71959', 'refuse', NULL);
INSERT INTO public.proxies VALUES (3, 1, 3, 'https://pets.example.com:443', '/', '', 'query', 'user_key', 'app_id', 'app_key', 'Authentication failed', 403, 'text/plain; charset=us-ascii', 'Authentication parameters missing', 403, 'text/plain; charset=us-ascii', 'No Mapping Rule matched', 418, 'text/plain; charset=us-ascii', 'Usage limit exceeded', 429, 'text/plain; charset=us-ascii', NULL, NULL, '', NULL, '2026-11-25 23:40:05.928082+00', 1, '2026-11-25 23:40:05.871807+00', '2026-11-25 23:40:05.930029+00', '\x37d0873987adacb3ebf680c9a9b9fbd3fa2b6cb3104152028abdcf0472170959bb2a1603cd086595cc6003b08d37fe3b39f943730ac1866dc0cdbe90906f664231b53aa07608ba4ef7c93f7fcdf4938c13c0c241b9a2de4c5b', '\xd640b3f0b2b69636da52c48eebf60b26cf8f4a94f30e5df210c55c50de14', 'as_written', NULL);
INSERT INTO public.proxies VALUES (1, 1, 1, 'http://localhost:8000/echo', '/', '', 'query', 'key', 'app_id', 'app_key', 'Authentication failed', 403, 'text/plain; charset=us-ascii', 'Authentication parameters missing', 403, 'text/plain; charset=us-ascii', 'No Mapping Rule matched', 404, 'text/plain; charset=us-ascii', 'Usage limit exceeded', 429, 'text/plain; charset=us-ascii', NULL, NULL, '', NULL, '2026-11-25 23:40:06.158529+00', 2, '2026-11-25 23:40:05.561008+00', '2026-11-25 23:40:06.160301+00', '\x6768caff1be5d1588e9128588690e77bf77e8f86eb52e1dab5eb203d4402f6d210040ebc9b8f725d188892a84f6db619eaec3193cba0ea022562f0fbad60f0366042f7d5ac8598e23ae6f3a6b6f55e0610fbe93bfabe6f401e', '\xc814e85e18e850739e772a394c7fa88acb09e033078be2d0bb4f562680c545f4d10ccbca4e4193550561118ace9800f6eea257a8421c21150702ecdccdf0a300d4c9a6fcd32fd83d3205b6071c7a169302e2776425321d9fa9462bca58e256a4aae40f08fd66e2a140280084421724070339599024c5c9dca9cb4c51d1b274ec1a90b49cf931e98e94481d711d58d8682fbb70b0f1f45513265863625aeacc74ade62f728f43a1446f0e9dcbacb30b41b95c9a08dc32a9a051ddc24ef13f088c6c6f01dc04d9e6d463f82ff7d9673873a66b4634f541b7e947f862b9d670f4ee2cfbf23561e241cb98c7bdf4a2abbda2789dd92021bdd6940859b7631c85e0178f95a44069eb62f303e1cba56ab8a4', 'refuse', NULL);
INSERT INTO public.proxy_configs VALUES (1, 1, 1, 'staging', 1, 'system', '2026-11-25 23:40:05.58528+00', '\x6122d2d2eb3f7f529d84a85d6fdff217b81b382b945c0f1e97c0e49c444480aa3c408efd2b51233c2876af4c4ddc109ced25634a734893b88015b9f2d164f6b21899a7bf89d344fda1549e4e4b3d976a502ca2694193f36446e95b306f58fd228362a39868eb6fb5d316f7247fbb42f78985ce67a8f4ae93f1468fedbc5b00fb06c74dcdd464fe2d5a6c6e6d9d566fdd0cf8de27a130e81d67992e619c44b51bb6fdc989f24d4beafd6912d8e1d06356a7e62d1918d47ebf7fe6dc61689de9250014b5f2cd41059c3ae700977e26d6ea618b6e30f8a043490da403596b191433489f4f7572ac35435c5dd346e05109ccd023afda9ce69ff96825da8e1c70e270fbd9ab2d39c654d0bc56e247b63a0f4187c9967f41118104328d87272ce6797f8ef0a0b4e9e0c6e8559794d73e971df345182b3bb3b1b648771bc6659b48922183f33b557fd86b1091793815a12e6796cda5698e48a9572a1d87d6ab04b8ce03d0b362473584857b34bcc331aaeaa8c6aaa9c2c85bad6b8012c9972a7f194070a4995ba675b655f40324391c800e3bc7fe5a41221a0a55bd19eefb9c9f6deb98e37aa33af3ea35afd897b1cd8b24ecb16fac2d6dc3e51c9fb66eb6340a80220ae273e63adb0ee226de25b921f33747e0b08f789b9be3762fcccdc550f94c8527f08f9480dc23e7104f2b18ede13d0ff1375e052df59a14e5c6595b6f7efc55e2012b211f3e9dc3396134efa3d722648a759a242d13aadef297f92e9f91579249eb23de3de81762205028b758ffc8329798cbf142f507bc0933e1b5bbe578e201dd48e5e1b1495ab0c5939e3e9e16a76b4c471fee965d87fce147dd39ab22fda306109de3081224ca9e5f49f72f6e5cf7361166e1460cc74dccc25a92c51af4f7285e76c17d88e90ec4f3406d791e98d8e941b66956d61cdffe81032e2f536f8dfd6f80ad51cd901f1aaf3a6e1a840de5da3f85502d238c595c0bfaea8fee52a5efed60ccd5ba9922974a8d59c47b300f91644b851f0c1ae31bfea3ad3f05405ab7f83d2863521bc09de7e64531c4032f107d6db93cc7f2bb84826e16e443ee4b472d885a6bacdf2001d8b50e5b5d80c3b10f8b27cd0b3056ca8363bef334ebd17847353252dbbea4b7ed54b85a71bf094525856716db86f46590b66f2aaa2ca5054d3d543605eb9b34f7543b9193941077eaf026caa5b8747e16933e77155f3b9130d910b48b324e109dd4fbd4e1e216346775528bbc8d9af212ca257b00ce7e09feca182f4114f78691608f29bab66daf7c456566b9c19b48bd043afc35b728d8216ab5c35bd333e849d73e538418a4e62136a0c39403c5874809550c72176a16c0e7c416bf598bbe3240df441da512e528079e8409c5ca4d15324dfcaf9f72a8ef21b59f05a93b752c87eacf07b77714057144c84e0e96a11e8defbe9106b09abe0e6131da0aeed7bf650a1905bc24a4b77643e7869b2762bc85d5d6001701237a1fac7bdbf18ed630a5822539045578ea857d1cfd27cb5b282cf21fa668df9dd06fa0824af70c30d7199c7d6e097f875f877e78120b6bae88167ab3d62f5cabff0f84546beaba35a16c36ef5f1b26bfcd657a68ffc00bee48c514056e61824b7c4ac6c6c315f227d60d472f601ab4eb5ab101a34d9c64c893fd16ba653a48480d67d0ad531b27db642986b4cde799107869fa6a59a395aaac996638e6060b22d82df92b826c90a5c20888e7124f0589adf7c62c305e74486f8fef7ff702ddc64fdd971afab40f72c9f6f18c49071ec23116dadadedd0da7332677d7fe74e7e2fb90fc890cc3579059c9a1eedd62be23fb7228d48fe8114cd99bd44397e6e970c43fb3f4072c23d6bf91a174846390a292907f9d58818e564b1fb50b2d7d44e4bb3977bdbea3c7c31502a1a16ea7411687d29d1a5bb6fd7845bded63826816573fcc7de14ef43ab993bb2a5ae3897616236597ea279772369daa43239d8e7a4139fad29a6d74b3cbe93ce96399664e51702daac80a08575b7a41267b2b5a91f8b56a4d73c12d7f8b611be5d2f23cd1303adfbaa0fade4e45a1f0f0333de6181af2489dc5d85bc1dd615d47c6d4bb6a4e951f6022db7f0847901fff72845c06b600d95100ae143af2f9ce44f02115583e02de79fb4904f4ad714d17070ec53177d6f591f67e53c7313e0772cae2291bb8367089045cb0691551a7c12a91a11ec9d53c104d75984c9009f403bebb86e776418f78e8217afd4843de3d475d40eb338759aa6010f99c1ea3c55f3cd9162e1e4f06d42cff3a7a80e44a3d92841582c3153a02ea4d4293bd670989007e2b17216aa707696705366e203f65a782a09956f328e383ce3f2cc723f80f2925527b05923bf8b5d0df7960b7c4a1c106d6af1578170722593505f2865c225b5bccb2f6ff0c5dd66ac50a5eea6c94b74a93a82cc46fd890d34bd95a23d6e3d7449833907ce434c149e2fe6c37c76297c8be2ff97b21a83e5861b4b8534a9aefd3db0c09f11d8808ef111aa842a86f4119d4d4d673a04e97588d46a96ed5813c364f3d9f2063abce5eb38a5ffca1f50003be5b75e7699417d63b470b0f3d93f0eb03cb3461aa3bcd64124d4a372901f53950c55627b7ca386b721f628102bd9df79df434c68bec092d64451ef7dc8e692ed246967b1640bfaadb80a3ed1676b655eb11c92abba320f096a3f0a9b7d39cc95fdf21f0cf453da9925c470d0886eed8e1e12b29e83a15255210365e2b8d434f9806a9deb4c3fb8d58e75d8fb3b0ef31de39ba2a4d45e9132cd32f2aa80db1961ff161d3d7e9338a0d4b178f6a2bd6bde2b86cd2fc06f46bcbced85f26bb32e8e54a8776cd8415e988008f7da1b96eb76e18d8099ae931409a1776f682409c9edf669e92b280e44d1ea78c7a31c09573400863c037f4099f742bdc11eb4b5f6f56d9fba924286a7d503cddbc1fc22290627e0b87ce956f229ea7edbec52a440628e55dc01d9cad541a4a89101fb3b7bfca8f0c9cddfcd7df42d72ded1da928f4cf73390b6b6f801fc18dd171a1609e3aa733975114a18346334978ead8be1856dea9bbcf965958e8a3368d9015389f05aa9566c40452a743ab315d59eda2c5ffa89f705dda80ced0718dc4e6a4de3c93516198680a75f813d553e6c6946632909415873be7f1434ebea330aff1c031c04963b77021fbef7b10e5f6cddafee57d231bebb0b14ff9aa43dcfc933c65c38119ac60cecc9f92ab70ef62d9ca10cf14ac083050251d64b8856a4a5634365ae1932af3aa8be2843bfe268321558c8bc38ae459');
INSERT INTO public.proxy_configs VALUES (2, 1, 1, 'production', 1, 'system', '2026-11-25 23:40:05.731943+00', '\x6122d2d2eb3f7f529d84a85d6fdff217b81b382b945c0f1e97c0e49c444480aa3c408efd2b51233c2876af4c4ddc109ced25634a734893b88015b9f2d164f6b21899a7bf89d344fda1549e4e4b3d976a502ca2694193f36446e95b306f58fd228362a39868eb6fb5d316f7247fbb42f78985ce67a8f4ae93f1468fedbc5b00fb06c74dcdd464fe2d5a6c6e6d9d566fdd0cf8de27a130e81d67992e619c44b51bb6fdc989f24d4beafd6912d8e1d06356a7e62d1918d47ebf7fe6dc61689de9250014b5f2cd41059c3ae700977e26d6ea618b6e30f8a043490da403596b191433489f4f7572ac35435c5dd346e05109ccd023afda9ce69ff96825da8e1c70e270fbd9ab2d39c654d0bc56e247b63a0f4187c9967f41118104328d87272ce6797f8ef0a0b4e9e0c6e8559794d73e971df345182b3bb3b1b648771bc6659b48922183f33b557fd86b1091793815a12e6796cda5698e48a9572a1d87d6ab04b8ce03d0b362473584857b34bcc331aaeaa8c6aaa9c2c85bad6b8012c9972a7f194070a4995ba675b655f40324391c800e3bc7fe5a41221a0a55bd19eefb9c9f6deb98e37aa33af3ea35afd897b1cd8b24ecb16fac2d6dc3e51c9fb66eb6340a80220ae273e63adb0ee226de25b921f33747e0b08f789b9be3762fcccdc550f94c8527f08f9480dc23e7104f2b18ede13d0ff1375e052df59a14e5c6595b6f7efc55e2012b211f3e9dc3396134efa3d722648a759a242d13aadef297f92e9f91579249eb23de3de81762205028b758ffc8329798cbf142f507bc0933e1b5bbe578e201dd48e5e1b1495ab0c5939e3e9e16a76b4c471fee965d87fce147dd39ab22fda306109de3081224ca9e5f49f72f6e5cf7361166e1460cc74dccc25a92c51af4f7285e76c17d88e90ec4f3406d791e98d8e941b66956d61cdffe81032e2f536f8dfd6f80ad51cd901f1aaf3a6e1a840de5da3f85502d238c595c0bfaea8fee52a5efed60ccd5ba9922974a8d59c47b300f91644b851f0c1ae31bfea3ad3f05405ab7f83d2863521bc09de7e64531c4032f107d6db93cc7f2bb84826e16e443ee4b472d885a6bacdf2001d8b50e5b5d80c3b10f8b27cd0b3056ca8363bef334ebd17847353252dbbea4b7ed54b85a71bf094525856716db86f46590b66f2aaa2ca5054d3d543605eb9b34f7543b9193941077eaf026caa5b8747e16933e77155f3b9130d910b48b324e109dd4fbd4e1e216346775528bbc8d9af212ca257b00ce7e09feca182f4114f78691608f29bab66daf7c456566b9c19b48bd043afc35b728d8216ab5c35bd333e849d73e538418a4e62136a0c39403c5874809550c72176a16c0e7c416bf598bbe3240df441da512e528079e8409c5ca4d15324dfcaf9f72a8ef21b59f05a93b752c87eacf07b77714057144c84e0e96a11e8defbe9106b09abe0e6131da0aeed7bf650a1905bc24a4b77643e7869b2762bc85d5d6001701237a1fac7bdbf18ed630a5822539045578ea857d1cfd27cb5b282cf21fa668df9dd06fa0824af70c30d7199c7d6e097f875f877e78120b6bae88167ab3d62f5cabff0f84546beaba35a16c36ef5f1b26bfcd657a68ffc00bee48c514056e61824b7c4ac6c6c315f227d60d472f601ab4eb5ab101a34d9c64c893fd16ba653a48480d67d0ad531b27db642986b4cde799107869fa6a59a395aaac996638e6060b22d82df92b826c90a5c20888e7124f0589adf7c62c305e74486f8fef7ff702ddc64fdd971afab40f72c9f6f18c49071ec23116dadadedd0da7332677d7fe74e7e2fb90fc890cc3579059c9a1eedd62be23fb7228d48fe8114cd99bd44397e6e970c43fb3f4072c23d6bf91a174846390a292907f9d58818e564b1fb50b2d7d44e4bb3977bdbea3c7c31502a1a16ea7411687d29d1a5bb6fd7845bded63826816573fcc7de14ef43ab993bb2a5ae3897616236597ea279772369daa43239d8e7a4139fad29a6d74b3cbe93ce96399664e51702daac80a08575b7a41267b2b5a91f8b56a4d73c12d7f8b611be5d2f23cd1303adfbaa0fade4e45a1f0f0333de6181af2489dc5d85bc1dd615d47c6d4bb6a4e951f6022db7f0847901fff72845c06b600d95100ae143af2f9ce44f02115583e02de79fb4904f4ad714d17070ec53177d6f591f67e53c7313e0772cae2291bb8367089045cb0691551a7c12a91a11ec9d53c104d75984c9009f403bebb86e776418f78e8217afd4843de3d475d40eb338759aa6010f99c1ea3c55f3cd9162e1e4f06d42cff3a7a80e44a3d92841582c3153a02ea4d4293bd670989007e2b17216aa707696705366e203f65a782a09956f328e383ce3f2cc723f80f2925527b05923bf8b5d0df7960b7c4a1c106d6af1578170722593505f2865c225b5bccb2f6ff0c5dd66ac50a5eea6c94b74a93a82cc46fd890d34bd95a23d6e3d7449833907ce434c149e2fe6c37c76297c8be2ff97b21a83e5861b4b8534a9aefd3db0c09f11d8808ef111aa842a86f4119d4d4d673a04e97588d46a96ed5813c364f3d9f2063abce5eb38a5ffca1f50003be5b75e7699417d63b470b0f3d93f0eb03cb3461aa3bcd64124d4a372901f53950c55627b7ca386b721f628102bd9df79df434c68bec092d64451ef7dc8e692ed246967b1640bfaadb80a3ed1676b655eb11c92abba320f096a3f0a9b7d39cc95fdf21f0cf453da9925c470d0886eed8e1e12b29e83a15255210365e2b8d434f9806a9deb4c3fb8d58e75d8fb3b0ef31de39ba2a4d45e9132cd32f2aa80db1961ff161d3d7e9338a0d4b178f6a2bd6bde2b86cd2fc06f46bcbced85f26bb32e8e54a8776cd8415e988008f7da1b96eb76e18d8099ae931409a1776f682409c9edf669e92b280e44d1ea78c7a31c09573400863c037f4099f742bdc11eb4b5f6f56d9fba924286a7d503cddbc1fc22290627e0b87ce956f229ea7edbec52a440628e55dc01d9cad541a4a89101fb3b7bfca8f0c9cddfcd7df42d72ded1da928f4cf73390b6b6f801fc18dd171a1609e3aa733975114a18346334978ead8be1856dea9bbcf965958e8a3368d9015389f05aa9566c40452a743ab315d59eda2c5ffa89f705dda80ced0718dc4e6a4de3c93516198680a75f813d553e6c6946632909415873be7f1434ebea330aff1c031c04963b77021fbef7b10e5f6cddafee57d231bebb0b14ff9aa43dcfc933c65c38119ac60cecc9f92ab70ef62d9ca10cf14ac083050251d64b8856a4a5634365ae1932af3aa8be2843bfe268321558c8bc38ae459');
INSERT INTO public.proxy_configs VALUES (3, 2, 2, 'staging', 1, 'system', '2026-11-25 23:40:05.785675+00', '\x07744b33093a3809780c8c20b3fb9a9424af66b8a3b7f22ac9b957ff5059e0c59a63487cdf3b6469941f4f889c0598aec9bbc6ae1518d75d4b0e8c83f64ba0e252d753133796965e1fddc322ee67729c4621a64267c34a54ba49a69321bf96a629068e091fbe5024593e3f51e71e8ec9664cdfb83a2022be59dcc00d05cae408c00e8b50b07a72191e0bd0110fc09073e498454272a2093ae9956b5d8e38fd34a93cfa11c1ba38dfeaf92eebbbc3f0a740f1becd0ca314d2e42e13eecef14d3d6831a3081bc998fb4e088ad4a8a6fb74c0ed33270f826920559b2b26edb7a233d8dd2173136b4fc56f0c5198d9f8e68bf20516dc2eba8d242953d9e79e7b5cc62e57abf0d82e32e42e77f2e63948481cf2e60e3585442f0a66f0e1eac7886fadd8a8d7369df3e94e9ea567312515cc2c058da785ff9a816e9ff214270da2aa2f5a95f1f11a6eac4fc981773e263b4256465024b6587d42fe27b3ce2d5c1cdc5c280c8fe270cf9203f1a01087a232a3a1e9acfc34bf7262b5ad360a063da4eaef5591832c53bf7e1cb33f1b9f1a1f293eb63c61a7b2f1805fc91983e9730c2ae5fa588733e5080a1b312dd26320b8c642802a13125f9931b7d21d42c361114eb0d14ea2e7474f720ee031454b692cf2cb2101731c11c3226b9105bc759221a6c9fceba699e346d9c251ea5429eec2b0f927bfaf2a2b57d47542839f970d72756747f2d014786c4ffe4bdc8ca2ace38d6df431437e11573aefdceefce64bae1499d409c4e7fdff2b168c271b0b0aaff4fb21d2b4b335792c29e20cbd115869b897fc6e05913e24c3ccbbdd6dc791f91463f4bbbaf2006a324a780387119d9a6a10877dbe2409b5bdd3bdfcbffb8409700c9313bc72dcb90d90add151fe42da6350a7b4c355af0b777a66c6783a8b2a4ef6cdb44b6b5906e505bddb8a4fa2355612701651bb9a1487befc9dada29dceb44ea843c9fa721cb21e8cfa3e29c89d3ccef02107dcb9a085301809b007a81c598f1a27f6f2adda8c790a62747757aee4f357d8ddff3aa5ca637f60c5079caeebf96ebdebfe58f585aa93a6da50b60213002a5019b8459b0d665ee7e6a2126efd55416113fa27188f2f2d2f52033a2599eb418b7f39247f4153afd4dbfeb9ac7b4fef218fd25723392c14e34f2eef812cc19e0a29387d13d0fe289930d83f0ceec9930cf90e368ffff7778a4019a9e897be5db5b6202c49bfcd52d0bc214c45eb040e3201910e20d12d966b0ffcc27df144d4193656fce6f166006e78e575817c7f9ba6e9d33b6f839d687722bf22801b3a19e99f9d8c7b08eb627c12425cbf2714456c5f7581af4fcb0f01eaf881d7a3f04b678e3915b0e68375c85164915150bef2ab1234a6a140502293dba67f1d2c534c5228e7f665b902db629dc29fad653901eb93c2e16ff31217aeb5cab1966ab218bc27ad763a4c4242eff4daf72bc50d4f2457161e4d5c6eb2912a48311dd36c65c349ead307b734626786f315b9e2c3d8223495a885dbe1a3766b5c2ebe91394c359c6f49fd9be1c380037b3984128a6c5fdff72e8d1312e97bfb41c8f55071b2d0f979a64b714962d8ae9aa74d38df8ecb7827947703392e5727b977f88ce671d75d814581ddfba2e159cc5ab7c1c8ef6edca47faa58456cb8b988da527c7d91d01c726c7cf4782fb38d74e07b08eddd35d73211c66b4234082b2c1a64433e914e519849aa40b8ad59291a615e63b5d49e9d66680d0b85a48cfc491c75c7cbb0a5c4929f44d6a6a606d0411bb0f9a9ff18850fdcd0270a50af5c4f84f810af119ce1cc4fd9b3038c15d9087905fe009da7beee3100ac5453a7cc5a5e9341be8dd0574bd8e6c2391c8a3141ad96cffe65f76b1b7ce6c00c4d883f6117369fadfb4a39a46b07ef3b6993a9cc51b8161962231315e66dc4f4b99cf202935d1c7576787af84cb63dfa478cda44e593a10c87947ca108486ee51d77530ba99bfac1ad5b7e8533c395dd8cd678e178e2f5a46a0cf5b593316713e87dc4bb642905e49f0f030f1160f90bf251afb9ce63c676937251854f9567a3d42b1281a42126379c42429d6056610fd28a21e00fb68d6ede33c350b655acb25b211e8b1a5643f54a0867c36b14981e22821a07bd680a29857ccde3504ff2965d190c9d2840ddc114accce82c1150ef8469cf7e685e26f200b6784f74c4384de3a7b43f39b4c145a9c6a5daf0db9452f916f7a8c318104e851ddeea3ef6f488eb193d1c36fbd93c60156195adfa9a4dcdaa24c823ba70dd2ffad93fcee2fb65e934801286c044856dc9d6e7587a2de93cfa465f636f1b5e3b4586cd7e2cac6c1480765fad3a9f28efff605cff2fa3b856fdea794c46225dd98dd0e9552eff179ab01d96dbcddb5febc5149fb913c541a612b104bdcd400133e7fe84ed084365940603ed355fe36ad1467d6e0925b79f0b00f067d3f2442d1bc7f2eefe5efa725705a98547698763e13adc6d05cec6c0df18ae19450b887e3c25b664ad0dcc56b818fdf77a36d9acfca239a201f80ffbabfeb396a2497fa2e15392b20968915e5757f23a3a42b2b30897b32bd8a76ca4ff6dd8ddcb214c8deb64d6f3aedb1b20cbb41fcb3b6af54626abfefc421db4281f57becac438fd4a41d027439ed363ed518659f11e8e84f9606c14545c690d9dc04cdc8e8dbf5c48aae65fef8e7fe332394c67ddf07141c4f39ef08730c818cd038aa26fb08ec064718b16719c81ef587047de0bb9dbafa92615ef1b982b4806bd5ecf623d70a5bfa8fb83d1622595a641491e900b810913f7dee9e9c0992e47293c910031d06ef9a5782e72d5862666b49eedb87ddcea57e13cc465824141ebec73f853fc4b84f9284366211df18f1266598b771d2d24ab99cafb0b1979fce684a51cb619d8babcd9e4eccc46bd0ef56bac41cd009d8a2d54a061ed9e04e0334d569a36d4591df1c549b326188aa17e9028cd83de1e31e97f3590ff2ff46768cc5a84f0bebacb49d6c91f5708c489818ed2159878cfaadd828985ae7654b54f7718abcc4f456b76999976dcb7e1901975add11a3e677e4cae93eac58ccc752acb76516064a6c2c3b9df961b46eda53557852995947c70d87fc4df32bc1442f83ab2b43f40584b659fd1104a9831821d9b423dd33ee40e0bc262afddb8c0fa9989abd79ce4b0083267aa705af35df5f0878b5684cf60d1f4ba8c9313ccbf5e0158ad07320467a9b4fd039bcba83045372630406d64ff4ff91875fbba5923fb64fa9c11dbb09c4052902caae6bba909a68a7c488e2d4e292a1310f8e956');
INSERT INTO public.proxy_configs VALUES (4, 2, 2, 'production', 1, 'system', '2026-11-25 23:40:05.858401+00', '\x07744b33093a3809780c8c20b3fb9a9424af66b8a3b7f22ac9b957ff5059e0c59a63487cdf3b6469941f4f889c0598aec9bbc6ae1518d75d4b0e8c83f64ba0e252d753133796965e1fddc322ee67729c4621a64267c34a54ba49a69321bf96a629068e091fbe5024593e3f51e71e8ec9664cdfb83a2022be59dcc00d05cae408c00e8b50b07a72191e0bd0110fc09073e498454272a2093ae9956b5d8e38fd34a93cfa11c1ba38dfeaf92eebbbc3f0a740f1becd0ca314d2e42e13eecef14d3d6831a3081bc998fb4e088ad4a8a6fb74c0ed33270f826920559b2b26edb7a233d8dd2173136b4fc56f0c5198d9f8e68bf20516dc2eba8d242953d9e79e7b5cc62e57abf0d82e32e42e77f2e63948481cf2e60e3585442f0a66f0e1eac7886fadd8a8d7369df3e94e9ea567312515cc2c058da785ff9a816e9ff214270da2aa2f5a95f1f11a6eac4fc981773e263b4256465024b6587d42fe27b3ce2d5c1cdc5c280c8fe270cf9203f1a01087a232a3a1e9acfc34bf7262b5ad360a063da4eaef5591832c53bf7e1cb33f1b9f1a1f293eb63c61a7b2f1805fc91983e9730c2ae5fa588733e5080a1b312dd26320b8c642802a13125f9931b7d21d42c361114eb0d14ea2e7474f720ee031454b692cf2cb2101731c11c3226b9105bc759221a6c9fceba699e346d9c251ea5429eec2b0f927bfaf2a2b57d47542839f970d72756747f2d014786c4ffe4bdc8ca2ace38d6df431437e11573aefdceefce64bae1499d409c4e7fdff2b168c271b0b0aaff4fb21d2b4b335792c29e20cbd115869b897fc6e05913e24c3ccbbdd6dc791f91463f4bbbaf2006a324a780387119d9a6a10877dbe2409b5bdd3bdfcbffb8409700c9313bc72dcb90d90add151fe42da6350a7b4c355af0b777a66c6783a8b2a4ef6cdb44b6b5906e505bddb8a4fa2355612701651bb9a1487befc9dada29dceb44ea843c9fa721cb21e8cfa3e29c89d3ccef02107dcb9a085301809b007a81c598f1a27f6f2adda8c790a62747757aee4f357d8ddff3aa5ca637f60c5079caeebf96ebdebfe58f585aa93a6da50b60213002a5019b8459b0d665ee7e6a2126efd55416113fa27188f2f2d2f52033a2599eb418b7f39247f4153afd4dbfeb9ac7b4fef218fd25723392c14e34f2eef812cc19e0a29387d13d0fe289930d83f0ceec9930cf90e368ffff7778a4019a9e897be5db5b6202c49bfcd52d0bc214c45eb040e3201910e20d12d966b0ffcc27df144d4193656fce6f166006e78e575817c7f9ba6e9d33b6f839d687722bf22801b3a19e99f9d8c7b08eb627c12425cbf2714456c5f7581af4fcb0f01eaf881d7a3f04b678e3915b0e68375c85164915150bef2ab1234a6a140502293dba67f1d2c534c5228e7f665b902db629dc29fad653901eb93c2e16ff31217aeb5cab1966ab218bc27ad763a4c4242eff4daf72bc50d4f2457161e4d5c6eb2912a48311dd36c65c349ead307b734626786f315b9e2c3d8223495a885dbe1a3766b5c2ebe91394c359c6f49fd9be1c380037b3984128a6c5fdff72e8d1312e97bfb41c8f55071b2d0f979a64b714962d8ae9aa74d38df8ecb7827947703392e5727b977f88ce671d75d814581ddfba2e159cc5ab7c1c8ef6edca47faa58456cb8b988da527c7d91d01c726c7cf4782fb38d74e07b08eddd35d73211c66b4234082b2c1a64433e914e519849aa40b8ad59291a615e63b5d49e9d66680d0b85a48cfc491c75c7cbb0a5c4929f44d6a6a606d0411bb0f9a9ff18850fdcd0270a50af5c4f84f810af119ce1cc4fd9b3038c15d9087905fe009da7beee3100ac5453a7cc5a5e9341be8dd0574bd8e6c2391c8a3141ad96cffe65f76b1b7ce6c00c4d883f6117369fadfb4a39a46b07ef3b6993a9cc51b8161962231315e66dc4f4b99cf202935d1c7576787af84cb63dfa478cda44e593a10c87947ca108486ee51d77530ba99bfac1ad5b7e8533c395dd8cd678e178e2f5a46a0cf5b593316713e87dc4bb642905e49f0f030f1160f90bf251afb9ce63c676937251854f9567a3d42b1281a42126379c42429d6056610fd28a21e00fb68d6ede33c350b655acb25b211e8b1a5643f54a0867c36b14981e22821a07bd680a29857ccde3504ff2965d190c9d2840ddc114accce82c1150ef8469cf7e685e26f200b6784f74c4384de3a7b43f39b4c145a9c6a5daf0db9452f916f7a8c318104e851ddeea3ef6f488eb193d1c36fbd93c60156195adfa9a4dcdaa24c823ba70dd2ffad93fcee2fb65e934801286c044856dc9d6e7587a2de93cfa465f636f1b5e3b4586cd7e2cac6c1480765fad3a9f28efff605cff2fa3b856fdea794c46225dd98dd0e9552eff179ab01d96dbcddb5febc5149fb913c541a612b104bdcd400133e7fe84ed084365940603ed355fe36ad1467d6e0925b79f0b00f067d3f2442d1bc7f2eefe5efa725705a98547698763e13adc6d05cec6c0df18ae19450b887e3c25b664ad0dcc56b818fdf77a36d9acfca239a201f80ffbabfeb396a2497fa2e15392b20968915e5757f23a3a42b2b30897b32bd8a76ca4ff6dd8ddcb214c8deb64d6f3aedb1b20cbb41fcb3b6af54626abfefc421db4281f57becac438fd4a41d027439ed363ed518659f11e8e84f9606c14545c690d9dc04cdc8e8dbf5c48aae65fef8e7fe332394c67ddf07141c4f39ef08730c818cd038aa26fb08ec064718b16719c81ef587047de0bb9dbafa92615ef1b982b4806bd5ecf623d70a5bfa8fb83d1622595a641491e900b810913f7dee9e9c0992e47293c910031d06ef9a5782e72d5862666b49eedb87ddcea57e13cc465824141ebec73f853fc4b84f9284366211df18f1266598b771d2d24ab99cafb0b1979fce684a51cb619d8babcd9e4eccc46bd0ef56bac41cd009d8a2d54a061ed9e04e0334d569a36d4591df1c549b326188aa17e9028cd83de1e31e97f3590ff2ff46768cc5a84f0bebacb49d6c91f5708c489818ed2159878cfaadd828985ae7654b54f7718abcc4f456b76999976dcb7e1901975add11a3e677e4cae93eac58ccc752acb76516064a6c2c3b9df961b46eda53557852995947c70d87fc4df32bc1442f83ab2b43f40584b659fd1104a9831821d9b423dd33ee40e0bc262afddb8c0fa9989abd79ce4b0083267aa705af35df5f0878b5684cf60d1f4ba8c9313ccbf5e0158ad07320467a9b4fd039bcba83045372630406d64ff4ff91875fbba5923fb64fa9c11dbb09c4052902caae6bba909a68a7c488e2d4e292a1310f8e956');
INSERT INTO public.proxy_configs VALUES (5, 1, 3, 'staging', 1, 'system', '2026-11-25 23:40:05.878211+00', '\x95520444ea9541faa03743cc02c0cae603cdd0cd0245d5139454a8d3d4ec33e0e57362f5e1bda94b9bd1f4515132a8238c3ae80dc0b649aab4b0a6b7cf166cdf47f5170539787e3429a53271efb99d40d4ff83ae1cbb322a46fb7dfa9e362b54732eb148cdf4cc516090124561b6de8e1c87b40ffa3a9a4d6a39c0fc61229103e9ecfd60b9aec3924bcb675c37f71df20aa3e438e4ca6618c8d18d559bbbd39d81312d597f7a06deba08b9a26e651f05422e8cbe52df9b2de7de8731c1875426d0d7633a93816f7709c471d1f4b95013c8a97f2a171801641318acc57955f60c4ad06ca6c5be6933d1257070981ca4a23dedf8ac934a3a8fa746a23700ec2529653276dfe152a65ecd991208ba3de02c12cb384c84f4ec9c1e51be86517628d6d008deb47f4556fd5599a691009a9b2d90bc2e1427e96da4e22ff0c13425595d1468334877ac18634337a7e3cb916866577ef94ab450cc716a7ee5a7ab2d9831fade104d1454c579ea79173d2d1a25d0405077cb0518896df09dff52ca68e5f0f79925b2eff62e9aeb734d6b9ae1a33b77668e97470ee46acaf3e1b7969be67fddd025db3ea70b00503e24fc953f79e39e7b8014d01a52dbfcb144c186bd7e7abda40ce12572667a5fe1ef934a96a9f85637f5ff68417bf9660947fc5ac78bd8874b27395be68be9219ecc6f598d1b7202a95294c0a5f0fb39d791830e1e728400d07744e23ebf06e037190532204bbba0e6befcd4b39f35118b1b708cb91c2ff7569f9066db1c9a2c1ce486e1d80672b5fc018bfd5bf5a107aa574194e31b07534f3ee573509fe824b626fd6d8b41d1309f4836725eaf1194a6f97366318f918b5797d8a1b8e921978cdebc897eac7924187625f095611243db498fd6e20b9c4910c188f2914f93e9fb71871307226235285e2ae46223c55bf3500b67d0a4d536602bf266ff02d5c14e06927b0405b89a0d5e5d745f2cb9c262a69869e9eb9ca736c9e76a4f820fa1256855bbf923f1c7de44040c9a260b7632ced0e93a5d5d11fb7a3d43eca05fe2b8aa92a19ac9678594442d345b58a7c52f1eeb99b6888be8cb90e32af868d7ca1cb9c6478984c3f75888d916f1e1b1aadc23e311a0dee3c79849b355fbe299ba088bd835aeb47ebe7ce573b6c4e4c65a081d124632df1b29c90ba8ddd5c1402ced4464e4eb8b29c86e7dcfee202eb4e7ab6d440ff4ff36856d059f7b4ba91ea36c6e853434052d2eb3be22b98b21869505aa915e5db43f649cb68b0c2b2f69b6bfa490106a81ac619518160af3be487b73d40ade41766fc7e1ad2b444edc4639052ec580a82c349674ab8a1e444b7ce04ea979481ce6c93deb8bf92b95db4af28cfaf817d302b0f7b84009b8235ecf6a03167022268567f89035756790798510648de2cbef73ab5dc07af1959a10912380361553f2c7579c59fb2b76f1e251ffe0bb141b506655e0f8bcf9dff7b2ae1ca979c702c066472afc4d0ca80dfa8b434eef691a12414f72b3ba496a1a49a9981710a3506173383ed51d9f567e1aeec6087f5d57403bdf9402895d7419e6cd77d252c8b07ac499c515713e542206f7e1fdb7a7cd1df9cabb53f5afda847fd99b15d9b412ec1780d01bd7ca04d5693a094c5478a376b6ae8ed541c438860e96bda646a35abb1eea3fd1448586476c0d9585b8bc560f0f4387aaa7e29b21e0c7b7c155f8a477ac6a97134bb2c213f86ede3f0ba0ddf40672724a4d62aa35bf0d2cb93d7ce576e619b24f874bf1d41c20cb5571471c18511c8150f9dfc33797d05bb03827a6ac28a84608e4c161e1288404ff2326c52791a896950dcfb71a5652d51b6d8da2a3e1308e4b3b181225d51621e725be7ed3ccb28508fd49f1917b32b549a746198ee91b7857a0720c893ee43606cda4e22f25a30daf2f3755012038d5ece23cb75dab140297de094cb68260a5bcb243be01a4e27984ecaa2ff17605d720e950483a00f115f55b1e95df96522ca4e7a9dac410c58f0cd0ec17d6845052060c2b67c65b273e31603df498bb5374645e01288ce389cf6543be968f490e4b4f562fecacc41d0ff141246daebc9893880e5ecd2583c17f01b9bb41f6474cbceac64a43a091e4472dba5dff5e2dbffb079655e33baabd32904617e43fd9576fc829ebb3a5e37043af2ed933ae5535046a70e2999eb1c91530ea10d25818dddcf8138770cbe51caaf55414ec08c3bea8866eceb0366473181a5d44d552ea2a1e9b2de4fbb6f5b115830a1edb8dab522ddfd081b6f4b8dedd6d90df5af9ec5c9a7a0a6f96aff5c692cc1b8d7dcaafe676f0fc9b8b30ac1432ad090eea4cf993df1642c8fbdeee07e97aada1549e82855a4059b4962c4a4e00405c4cf73fc9914a35ec01474e3becdb6195e6c675a5d19f6f603344e0645982f45caa176a29d88d4113d95fc963ed51fe002d0d37fff59c062119a7c2ffcee0ad09aef171ad011b97e9585b85bc40e61485df1129d02dbd7406e5cb2f69640c0bdfc297420ba464e30217ebe0ae4dca90b152f8738a536bbbf70c8140646f4768c62cd74d6c4fd46d44f343e89a0f285743081f53ec06c475a228b1a02db3e1e526c4ff7068a5aa3fc4daa4f363a81dc1f960f4b5d25c463ad927f1827fc376162ce144b3ee646bb03067261f413d2ae0771d9cdaabda8b413e7a3b4baeaed34b43717fbf2107be3691526f66c2e1d8385985a631f734f625c6ab414cd9644b5b27609b9449de901d0d692abb4f34b18fa43cf2808c228ca864c99c532ac32ccf2415cda4e78325a1ea803e3bac0d4c3b6964b9ad989af3146d7463bbb271c8a64b680d6fc0a37325ebabc62d261f53211c73cd53fbd9a3af448af4a3c19d07eb55b68f622a3bdfe8a2e6a428957f28ce8413f4769e04110371f88ad4e6ee4a672cff1cac8ad68581e86123d087aacb53e65f40c6b89a415de6744da7487bd108bf82c80e6a98b1cd0a30548ec16781201863484204c1de7a070871d273e748e9629d9f1330d4b2b54a018fc9060c960831ab8e347f15ed43bd884515f46fd0226a27a93acca21fc845b9d372cb976043157773e3686aa2359b82089d017e4ed8f42c287fafdc4b8c36b9df3b867dbe4707a38f0d5a330943981595b3a6a3ac27abe49dce37cf733103b330917d38138ca223713bcdb6dec5fbe3da3f9dbe1feae7a4f26845c9a4f10a39740b6751d31ae2442f4ecc1149e860517a07a76f55f3c61b3bdd08b79e75fd4149d4fbeab3236f00618d7c6748a5ea444197ec981c5d584e66ad708c5e3794b8c000de73c810be8307ce82f501a9371dc3460ef532');
INSERT INTO public.proxy_configs VALUES (6, 1, 3, 'staging', 2, 'system', '2026-11-25 23:40:05.928009+00', '\x4d7d229e8e6869ee93287b4ab8c726589ff6c4785061341048d5e0c838c5b62575e115184814dd256e3d0c2df408de202caa199a349cec2bc8d66dfb994060e504ff3e5d79151de4eaa5aeca920a6349ec749fe54ad637babf48ffb66852eb20f996af34015768f1ddf64a9dd27985e5d0da65d9db387765c154c11c6aef367f9d56ee2bcf1f9d8faa18f01616a24d5e830ebba305d8af4b8d9b0f59ffd8fa23f91f9fb261041fe267f8f6d5cffc0b3b6bfa83e4ec9dc35f144a48f76a576b5577597c641bd7a14aa1fced143574000ee97cfb9b0642d4031b9967d3f6e78f133537d4e9180f29202efb9c016546b5f00bbdaa27b0dd1ddfb301ed0dd8127e7bc01571860bb00a762ca70c68306e461a2a8d4415b254a4e9cda4aae2069eaa99d2e108bf29b1649a7928954008894984e9bb23d3f726e2a28cdb6ff36449f28e3252ceb8c37dfdb61b419a0cd26904da91fb9db9eda68540d2cb4c2afadb4dfee25559056d103da9eb8cbee0147d23e193c05f9d8b3f0ae141ffac4a86739009ad27c21e42b6e0d5f7dc47e8deb145c95e1328f1f86f13636d627256e924092f9bd3d75a62f6d3f80b7516c81d1c4ef16d31b3d531787f2e7aa4b8ce6acca141706a2189f7d465f208223a2f97bf7e2d53a3dbe2bcde9733b4a130c3dbdc7eff266cdedb554fd30f18baa045e64307cf800c0ef1d0da095825cfdf44ec20622f48de3d0b6ea47dff1c552ebdf712c50913dac9f2a521a1c88a055f229405ffdacffb2986fdc09395a68718c91b39a2251fa0160f457aaa1b880c82776f038c802d7e936715b6eab3c52a961ab07b98c0f1f9f1068c9d55f5580de06e8c0ff058ed8bd197c4cf1c686ef5736bff144d2e77840424a15a090ad9a3ef0bd8e9e40caa26738f2a225a9061438fb30848d65dc27ffcc34f3c78d3b5485619062dacefc999a5733d1114f93017470d147f02e5bcc147b7323eae5fdfb2e1c0cdabc5df6677cf73a496db76e9414d0ce910409fdd92ee9dec2580519fd7dc9f97480af2f1db7fea8735d879259faed5fab0bf94c6f8a224b160b461d6ccb8dfa0f65805b5f78f9b36fb666ce3775162947e3aa6cb6b30a45f4746b0668a309c481e99c0531151593607f669300b2ca6b30a586a6846112f78f82eec3c00ae8c9fd47acba7b79e273c1e39a7168ad90c40b63c473f5ebb04fd237bd3511e8a3ff2f9ae08ed5767d232bb7d245d845e8f7db47f8410196a1e1e2a4ea8fb11f345751384a35d14d20ab71734a0bb1acfa6d7690552214b085755640f058522470fddac19ea8a44dd3a17b9498de92b269b4b76a5eca3232b5c18315d44721b42fd8bd097ab4e91df7ccdc402250f7f3dd70f3ef423e9dd0f9484667c7761389dd7426812079ed8b35fde173821ae5a9f363ee88b4135b4f6ddf7e33a7572d04c509e45fba5d69321b061b98e9ad5da4a3fb4b16f5a2d588b48209955a0a3968b815bf3c225d3d4cee2496ed384614382e5165681fb51bfc9eb5010d33a34948c0f0408a5467e206659214758d6db5600a7ad100ae8eeb1cf51d15074923af8346c397a345cb15324242b3a2194f6e656d0a04ddb35c74dc176c718b2271fe4cc9deedd9f9aeb82a669b54e4ec40ea8843a32caff263b0750ffb29fc5699f676617b52b9dade0d99288cf2f82fd30a126c75481caf790e4b6a308714995f565d74013e392bc512a08f770454d150ab585ccca080882e7c0206b6fe5f1d36e9884d11c7201bbdc205c2c3779010778f0ad01c2862dbe1f54e7642092f2e56198f7abbdde22e756e804ec49d3d8cac01d3a4f69c4c2f03bb2b0eba4b26fbc014d31a4a228fae5f159fefb4289cd298e02aeb90059ff880d1a193e52cc1a451887cb6e0ac41452b232e158d8b15c8881caecc9f5bc6f2004f02ab854160390c2e0f8ecd0ecc5c67a462ee1b801b6b625124c2927560c61fcf791ac7c95e5217e8a64a3ec4b7bb2aa4143dc0701dd74b44cfcdfd8757666e4793008ad5ed63fe17c273f33b8edc52e056c79b23e9cd47eb268473edd107ec3d566eced94d9d32e120263a804115d3d0c76b81a1deedf581df91d3d682c91d8c5d4028b3343fb2f8731aa4eb5b3d75d934e7bd275254cd7d5f560ab7275a0b674e8387007468ed593901a6c31c045607daf1d938d67e3d458492e253a55ca50a687708428f187a98b1ba352581938257001126b0d1b957b16eb5d140341c918b23a3290505269ded92c05168ff0b08375691dde1dcd31a90038f2f58991d04f35ac1cd30eb1075186e4339de7999ce5cc6a67a92bf862801d2c4c65c86bce46fc1ddb931369f4cfcb94e5dc0628493842ad5d9a4deacae042c45e50996802d51eb8e00eead620b4f64bccfd194b6ac5b406964de6dfdf3120ceef7a9dfe0cd69f46e8e5888e0a48c2d0a3539da6fd6910a4af4306c281414e809748801d755f4f46438d08d0421bfef7b5c8fc6059381e0dc7e0ca1de84150e29f78bc2993e2467c4575605da390aae8c5f05d74c06ceb8926c039655b607d096f27f7511145b2c5414b683a49933ad7604f23154dc38032132d731f35cf88a6cd10bd4f12b6e7b2c744615a0955c151ed691053cd5cfe045c3deebff15b5f6108bedf526598451fc1bc1a75b81c5d2487323119474c783059be01ad61672547f8d7443aec458ef7d7d00eecde0505bf49f3553925ea01bfa70707180ed61d9b88267027379e84b24b007ea91de23cced62d39dac977a141c8220d72bc4566b1102617d00693baf8c466f25baf9d489a5c9aee027f014808a5e77a91b7a800b499012d225fbb7fbd070686c805fe20f46bb413273f404f71db347c6e237165a07b1c3876141605d4b69af7906725606a44b232c740cb3f9e907a38f89828e04d17db916e85056d4be85bfb3c245dc065782cb2636bfcf13ba824b5b624d98d374a60407635cbbddbb2030c0b56b4f4cc3cb33ecb19b11020607a8bdd9c9ff33bf637a03a22bf0343050505c954f565687187d48bf19f93fc86c8297a73e8bdc9e9941de9acfd53ad1ddf758217936d8e0f11755d984a0bd7f2823ce56c5eb5698f792a9389510092c4d5ff443671baf0b04e09eb0fb96c6d5ca827a19d81f5eb9d46c1588087910e372a825af3f976a8c4c9e785f80153a8fa7d2d755559932073c51a3308be6efecd70b9fdbf401e288b678204de39ef79cd5f3e192a4f03379a57dccaf7fc9b73c3d9726162f92d187eef8a30826517f5fed7b6d1e177f225b848ed26e23a216d2373a5377c80a6d3d53dd4f5f0bbcdb0d02870149e1865101255bd06de0f5d80d1cc43f9cccbee0b1865bd712630fac80f22a17d1accafb547e7497161088c41e5c4688dcb0a2bb62acff5517c9475271e902ae66e118dbdea8132ed3f47f8347298531ceb11bd315128db0a352a5790662d368a92f19339599ab54e4ce902d053bdbd5b55c165c678b9baf276a181912d11d0271b141f97ab32ac6a25cfb140380850e077201b38c9f2a4f12ef5002929721da85775ce51df3e4bfd4c91d9f5d9b0ad9928e42da13f168bc49926444aecb8641fed8cc3a9d0ac138806df273f991aed3bcab444a7220ebe56c6583973c62603f7b2ceb95d11acbb78184d56d3c7e6660976af2df1b36c377bdea5ba4d68d665ed02841910969ecbe16d44b5dee54e8cb357991ca4ca4eef7383703f8aa4d72fb13cc4d042392a96a7c5a0917ab1ef17956b00b1a734c2c33682e1604eecfd34578bd9eaf2853056a05941f45c3cb8626acd77d1e9f15e0124831ec19c4c9efe94cc949e4e02504446547923fbf2c865765b0c7a015d43a9dfac79154908a1ea0142b039e722a6e984c28cbc9ec5ccea9504765c19e7b548c7c70f712d36a657df2ca048a7bc6a356a687f48f738399a440563bd3372d918324723b8cac13a5a859a757fe41fd8061ef05a3a53605d4033b25e901784465bb81c5468f968e11f3cf35607dda543da17affda246a700b16a18ce044b906963606d9dc75da3afa91d3974ca4ce9ac7af014cf88128cb3a7799d4a703d1ff0b95652a0ef8c2dc5eb0af50bdf8b');
INSERT INTO public.proxy_configs VALUES (7, 1, 1, 'staging', 2, 'system', '2026-11-25 23:40:06.132227+00', '\x38e4128690b22e346fc1a97221ac0d501c71f454d09eed7283b774c13dce4ccb8a0deec45fe545de240b462bd76a1b18d1eb108592b123f7dd4181b8740b11b98440d1034df79b58c2d9211fec9cda1c0056a023d19d35a71282c9f1b8f8942b874d6c9838ef8b3237c9ca22a5169c6be5bb206f4af964605bfe8cc7e06011cb0de6cdd20a40ce335c7ad2f0ad07890d1586162edf5302676e2e0442def670a2f23807b2e7f81e95bcbe75cc323fa51411d6b28edb5abe35edbce4f621915f641542950c5d71fa41f4ccc7246a05c80e58d6cbae8b72cfea9da2bb0cc4367736611b7027e72ed9caa5964a7203e33aa18798a9769eff11c6743a881ffe9638b101e7183063d30f5c4432313dcf8aaf4942645062fa7724fc7704719de04f93a763c4790701a4379703b3ecbcd474ea1d5f04cf5c6df091b8bacb0e835824b102fe48aab26bf39b7b4a1799925f5de8d5f4ee090e2185fb9e4d44d8234efcfa83f88247b66e43f387f427f52cf8ced361536531f205ede8af8db8966dedc9e9a7eb28e328512040beb143c7b0ab07f22f5b2c3b576b7adce7e4d44d9f6a9d827abf72ea416705df9c622534c96018604968085e8fc27274d4d5065382ee56df386299004db37fc1a4a21c823b7dba7804a20d383d48e3954e4f36ee3f3e067c67b2156f0ab3f6dccee65dc4abc43839bbb85efc53cf7e86fd54627b476ad28dfb9e816586822155eaf2de5b84a602291bb27cc43de448bd15f1477d670f2695d288433f338613fd2e747e1a36f03841c6a78005c912cef49dec10db08223be25585f1ebc5472e1f7b056af09435a81511878b66866d2fd29461eb404ee110605c52ac9e39f136797aed299a3ddcc38ece6d2958ff894b345dd7cb8b4c643c3850b4fa9499b7404829a9d4d305cfc630bf13f793b08cc9385f8bcfebc81da70a590773ff153ef2843881c636e0102e87dc39f24168a787d3599cb28ce0abcde806d19bd85d5f624c1e70884e6c8ee051153aadeac3042995d848492f571f5a54f7e178c29f388545c6a25d9a63bc372704ba4e46378859aea3c5cd76b3d73de1c7ce7b0cad5a9e6d6904e0a0c4b98211c4ab6bc846a539a9c1e8126f6db10d2cb031c6379da6402d42fa2f1e71e2ab312681bb906a6b08272d401ca3b97474bcca217cd60af51c99ecd54264c639f29005a06110955eb915635430626ad5558b61bc56618d7006f663fe7ee45456af11ee6b5e89f864b61dfe8832f0fb051a21765abf31c0c64628d6defcc6fa069501f762a715b3b1b07402a61170c1fc4af1834b1e1c11d9ee285c111db5f33498658d71528d4b552897a141fbb7e90e733f826b10788e922f3adab992d9e5653ee385cda7ff33255262dff4ab819d0a5678fb6b4814b6503594024060de78c308d18244b7a1642dd247cd64e6641d0564ac65f300b9907abd81b0518adbd735a61b340deaf545e4ffd0c618ba826d23bcfa22b5fedfadab0a9676aafbf08d5bf115e1f2d744516be0de2e419cd6cd20980696689751ac50fb601e6a131e0c4ac4bbd2fe5bb0017bb58f0e8faaf329ae1f4f40e798e4ed7a54a006fe5233da057e3b7edd37b2f15c1229c396a8c6555e3543f38454bc6829582c78eb20f50a6f0cb0fbeface6464025a3bfb149b2165e75e5513d1e93e227ab813be93553d5bd9c610d55cd5451d4f10e3dadee1f3f8d300d0acccd99d554198d654284bcb1b72575317c62a55a98eb24e1a04ba4d3bf5307f6e36edcb0f2d976dcd520c05d8fb00f12898bffa3b73fd537823edfd1d5f03e7a6cc3e75226751453c2129612c25461a66defab1505eea2507a4e877b623efab8837d7a0e30af779b29cfb7e5d8d78ead5e15c6b4380d175c8e63869ece74739f2c7741427ffa4b5c69541b64131d50bbf3be31a7a5d247a3c23e38c9bc155ef6057e011fcc92a121c37d4b5d7a925103fb71f10dfcd0b31d039f10fd8d7f2a183274d3d7abaf139fee44e71af43a346cfddb1e394130cd5834770c1ebbef055b258677eafb63b1850bfe35b7129b7b88efa3944916d15f238b0ea8da72b299093e9716d82f2d7223c1399a034fff3d98b6433327b17ae4625ed72349fd0317c9adfa6c00813de72b85666c0d30e3e726ad017c519dc037620cf6ee5e22557a497f39386960d9cb82f0d5e1c9126dece15a2684482df43a44453bbad090142ef359fb527646c74160adae3a5664ae443bd082d84bbfa90f8a2fc9d4cf210ae2bdd90b23bdeedbf0a9529f40d283fe716203e71b589ae034953f080da375c04cb36caf9dbe852f9e22edef3bd2a7f603b42ec99dce69899f5120265cf2a25a3a054c8dbffc90a3285b2729aa6735a66b8697a17e7aadf587d19f7dbbb632dc7a1d09b8f9958ec299c3fe592f9f22c65df9f9dc8e322d1a6df6d8cb17caf00f2f09d4f957a7a3e8a10254bc74e25a6a133721527eb601fe924ce37e673308b94500a23ea459abcf24153b4a5d80857877dc1a33c2fe111ab0ea9881ff426064288d2fa9aabed2098f181802e180959cbc1d1aa993ce605737047d0e1105bfad97c05184fa345d4d266f7fef90c3a01c18cd70ba2bd05c9c993ef1dc9a4e76cd31f8107540d788c108f9ec5bd60cd2aa93883de0b19c09b644028ad720f114db994d391ac1f669aab98d93da45a7cbecda0b441a84aeb100653732a2f7a92c9c9fc60cec9165ca9a18dfcde9cc2938331af8a4dfd37c494b8abca370954cbc7e52e1a2329e0831a6dd6debebe30a07cc005043a01bb1cf9420d7bace3d168778392063c6a93bfbb796f7e3d736b0ad930fa75d23bf3f1de40e9ce5ebff11db382b67c50cabcca00bdf1808681dcb4e6af4d9d1ac146bb8bfb57f3fabd43b3f47aa85fbefae8b6e2c0754646c03b0203d7aab5dcb5bae6094dba4f849069c7f5361e3d4eadda49d4cf90b013dcb8ac9c8efb2bfb56d034026bcab0ddbe2c86504f5ebdfd92210a2083f83af2858fb2d88883e153c60c5aa32ed3fc01b4e4dd07aabfcd83d141f8242316782affd371c8aec1b6b644ce828c9c1ed83fc19c1d392de1dd1cee4d659613f7a4ac4664311ff67cc8051998265b2d9d5e10e700e69569982b04dbef49191a0b01f56e2d4cfc1a7ba68307a019e144158ed708eb4ac00e900b5106153e76ecc3b759bb457b84bb2e09eef8dc14e2cf7c7e19b2e7de55bfacb7ce527eae9ac5e7d0ed5c7cfec88501f3f2f4e66786678ca991785b60d6f1e0a4fd72683d7d0a7ada176c248d12afc97857c8fc9a8b0e4209f22a55055c852dbb9476a1ff6a1594de7d6131254d694d195ecdcb7d57bd69a61e8b2ca0777cdd3e2a4a5f9ba2b3375e29763d01a338238bf01fa1071a622dbdd1ca2c0d4cfb28a52a20bb0f42349ef2de1eb250cf3b80f2a6b6c3b4a0253abdbffb3f4480073192abf46c535fe29c837692ef82407f2aaed3d63e92387c7efdd2ca0656ba2d8ecab74c23976390edf0133e57e67ac5291baa6f2ce36ba4f1b2fb9e1a551da85c6ab3fde35d39aa5b64b001322137ca235adfd3871');
INSERT INTO public.proxy_configs VALUES (8, 1, 1, 'production', 2, 'system', '2026-11-25 23:40:06.139204+00', '\x38e4128690b22e346fc1a97221ac0d501c71f454d09eed7283b774c13dce4ccb8a0deec45fe545de240b462bd76a1b18d1eb108592b123f7dd4181b8740b11b98440d1034df79b58c2d9211fec9cda1c0056a023d19d35a71282c9f1b8f8942b874d6c9838ef8b3237c9ca22a5169c6be5bb206f4af964605bfe8cc7e06011cb0de6cdd20a40ce335c7ad2f0ad07890d1586162edf5302676e2e0442def670a2f23807b2e7f81e95bcbe75cc323fa51411d6b28edb5abe35edbce4f621915f641542950c5d71fa41f4ccc7246a05c80e58d6cbae8b72cfea9da2bb0cc4367736611b7027e72ed9caa5964a7203e33aa18798a9769eff11c6743a881ffe9638b101e7183063d30f5c4432313dcf8aaf4942645062fa7724fc7704719de04f93a763c4790701a4379703b3ecbcd474ea1d5f04cf5c6df091b8bacb0e835824b102fe48aab26bf39b7b4a1799925f5de8d5f4ee090e2185fb9e4d44d8234efcfa83f88247b66e43f387f427f52cf8ced361536531f205ede8af8db8966dedc9e9a7eb28e328512040beb143c7b0ab07f22f5b2c3b576b7adce7e4d44d9f6a9d827abf72ea416705df9c622534c96018604968085e8fc27274d4d5065382ee56df386299004db37fc1a4a21c823b7dba7804a20d383d48e3954e4f36ee3f3e067c67b2156f0ab3f6dccee65dc4abc43839bbb85efc53cf7e86fd54627b476ad28dfb9e816586822155eaf2de5b84a602291bb27cc43de448bd15f1477d670f2695d288433f338613fd2e747e1a36f03841c6a78005c912cef49dec10db08223be25585f1ebc5472e1f7b056af09435a81511878b66866d2fd29461eb404ee110605c52ac9e39f136797aed299a3ddcc38ece6d2958ff894b345dd7cb8b4c643c3850b4fa9499b7404829a9d4d305cfc630bf13f793b08cc9385f8bcfebc81da70a590773ff153ef2843881c636e0102e87dc39f24168a787d3599cb28ce0abcde806d19bd85d5f624c1e70884e6c8ee051153aadeac3042995d848492f571f5a54f7e178c29f388545c6a25d9a63bc372704ba4e46378859aea3c5cd76b3d73de1c7ce7b0cad5a9e6d6904e0a0c4b98211c4ab6bc846a539a9c1e8126f6db10d2cb031c6379da6402d42fa2f1e71e2ab312681bb906a6b08272d401ca3b97474bcca217cd60af51c99ecd54264c639f29005a06110955eb915635430626ad5558b61bc56618d7006f663fe7ee45456af11ee6b5e89f864b61dfe8832f0fb051a21765abf31c0c64628d6defcc6fa069501f762a715b3b1b07402a61170c1fc4af1834b1e1c11d9ee285c111db5f33498658d71528d4b552897a141fbb7e90e733f826b10788e922f3adab992d9e5653ee385cda7ff33255262dff4ab819d0a5678fb6b4814b6503594024060de78c308d18244b7a1642dd247cd64e6641d0564ac65f300b9907abd81b0518adbd735a61b340deaf545e4ffd0c618ba826d23bcfa22b5fedfadab0a9676aafbf08d5bf115e1f2d744516be0de2e419cd6cd20980696689751ac50fb601e6a131e0c4ac4bbd2fe5bb0017bb58f0e8faaf329ae1f4f40e798e4ed7a54a006fe5233da057e3b7edd37b2f15c1229c396a8c6555e3543f38454bc6829582c78eb20f50a6f0cb0fbeface6464025a3bfb149b2165e75e5513d1e93e227ab813be93553d5bd9c610d55cd5451d4f10e3dadee1f3f8d300d0acccd99d554198d654284bcb1b72575317c62a55a98eb24e1a04ba4d3bf5307f6e36edcb0f2d976dcd520c05d8fb00f12898bffa3b73fd537823edfd1d5f03e7a6cc3e75226751453c2129612c25461a66defab1505eea2507a4e877b623efab8837d7a0e30af779b29cfb7e5d8d78ead5e15c6b4380d175c8e63869ece74739f2c7741427ffa4b5c69541b64131d50bbf3be31a7a5d247a3c23e38c9bc155ef6057e011fcc92a121c37d4b5d7a925103fb71f10dfcd0b31d039f10fd8d7f2a183274d3d7abaf139fee44e71af43a346cfddb1e394130cd5834770c1ebbef055b258677eafb63b1850bfe35b7129b7b88efa3944916d15f238b0ea8da72b299093e9716d82f2d7223c1399a034fff3d98b6433327b17ae4625ed72349fd0317c9adfa6c00813de72b85666c0d30e3e726ad017c519dc037620cf6ee5e22557a497f39386960d9cb82f0d5e1c9126dece15a2684482df43a44453bbad090142ef359fb527646c74160adae3a5664ae443bd082d84bbfa90f8a2fc9d4cf210ae2bdd90b23bdeedbf0a9529f40d283fe716203e71b589ae034953f080da375c04cb36caf9dbe852f9e22edef3bd2a7f603b42ec99dce69899f5120265cf2a25a3a054c8dbffc90a3285b2729aa6735a66b8697a17e7aadf587d19f7dbbb632dc7a1d09b8f9958ec299c3fe592f9f22c65df9f9dc8e322d1a6df6d8cb17caf00f2f09d4f957a7a3e8a10254bc74e25a6a133721527eb601fe924ce37e673308b94500a23ea459abcf24153b4a5d80857877dc1a33c2fe111ab0ea9881ff426064288d2fa9aabed2098f181802e180959cbc1d1aa993ce605737047d0e1105bfad97c05184fa345d4d266f7fef90c3a01c18cd70ba2bd05c9c993ef1dc9a4e76cd31f8107540d788c108f9ec5bd60cd2aa93883de0b19c09b644028ad720f114db994d391ac1f669aab98d93da45a7cbecda0b441a84aeb100653732a2f7a92c9c9fc60cec9165ca9a18dfcde9cc2938331af8a4dfd37c494b8abca370954cbc7e52e1a2329e0831a6dd6debebe30a07cc005043a01bb1cf9420d7bace3d168778392063c6a93bfbb796f7e3d736b0ad930fa75d23bf3f1de40e9ce5ebff11db382b67c50cabcca00bdf1808681dcb4e6af4d9d1ac146bb8bfb57f3fabd43b3f47aa85fbefae8b6e2c0754646c03b0203d7aab5dcb5bae6094dba4f849069c7f5361e3d4eadda49d4cf90b013dcb8ac9c8efb2bfb56d034026bcab0ddbe2c86504f5ebdfd92210a2083f83af2858fb2d88883e153c60c5aa32ed3fc01b4e4dd07aabfcd83d141f8242316782affd371c8aec1b6b644ce828c9c1ed83fc19c1d392de1dd1cee4d659613f7a4ac4664311ff67cc8051998265b2d9d5e10e700e69569982b04dbef49191a0b01f56e2d4cfc1a7ba68307a019e144158ed708eb4ac00e900b5106153e76ecc3b759bb457b84bb2e09eef8dc14e2cf7c7e19b2e7de55bfacb7ce527eae9ac5e7d0ed5c7cfec88501f3f2f4e66786678ca991785b60d6f1e0a4fd72683d7d0a7ada176c248d12afc97857c8fc9a8b0e4209f22a55055c852dbb9476a1ff6a1594de7d6131254d694d195ecdcb7d57bd69a61e8b2ca0777cdd3e2a4a5f9ba2b3375e29763d01a338238bf01fa1071a622dbdd1ca2c0d4cfb28a52a20bb0f42349ef2de1eb250cf3b80f2a6b6c3b4a0253abdbffb3f4480073192abf46c535fe29c837692ef82407f2aaed3d63e92387c7efdd2ca0656ba2d8ecab74c23976390edf0133e57e67ac5291baa6f2ce36ba4f1b2fb9e1a551da85c6ab3fde35d39aa5b64b001322137ca235adfd3871');
INSERT INTO public.proxy_configs VALUES (9, 1, 3, 'production', 2, 'system', '2026-11-25 23:40:06.14379+00', '\x4d7d229e8e6869ee93287b4ab8c726589ff6c4785061341048d5e0c838c5b62575e115184814dd256e3d0c2df408de202caa199a349cec2bc8d66dfb994060e504ff3e5d79151de4eaa5aeca920a6349ec749fe54ad637babf48ffb66852eb20f996af34015768f1ddf64a9dd27985e5d0da65d9db387765c154c11c6aef367f9d56ee2bcf1f9d8faa18f01616a24d5e830ebba305d8af4b8d9b0f59ffd8fa23f91f9fb261041fe267f8f6d5cffc0b3b6bfa83e4ec9dc35f144a48f76a576b5577597c641bd7a14aa1fced143574000ee97cfb9b0642d4031b9967d3f6e78f133537d4e9180f29202efb9c016546b5f00bbdaa27b0dd1ddfb301ed0dd8127e7bc01571860bb00a762ca70c68306e461a2a8d4415b254a4e9cda4aae2069eaa99d2e108bf29b1649a7928954008894984e9bb23d3f726e2a28cdb6ff36449f28e3252ceb8c37dfdb61b419a0cd26904da91fb9db9eda68540d2cb4c2afadb4dfee25559056d103da9eb8cbee0147d23e193c05f9d8b3f0ae141ffac4a86739009ad27c21e42b6e0d5f7dc47e8deb145c95e1328f1f86f13636d627256e924092f9bd3d75a62f6d3f80b7516c81d1c4ef16d31b3d531787f2e7aa4b8ce6acca141706a2189f7d465f208223a2f97bf7e2d53a3dbe2bcde9733b4a130c3dbdc7eff266cdedb554fd30f18baa045e64307cf800c0ef1d0da095825cfdf44ec20622f48de3d0b6ea47dff1c552ebdf712c50913dac9f2a521a1c88a055f229405ffdacffb2986fdc09395a68718c91b39a2251fa0160f457aaa1b880c82776f038c802d7e936715b6eab3c52a961ab07b98c0f1f9f1068c9d55f5580de06e8c0ff058ed8bd197c4cf1c686ef5736bff144d2e77840424a15a090ad9a3ef0bd8e9e40caa26738f2a225a9061438fb30848d65dc27ffcc34f3c78d3b5485619062dacefc999a5733d1114f93017470d147f02e5bcc147b7323eae5fdfb2e1c0cdabc5df6677cf73a496db76e9414d0ce910409fdd92ee9dec2580519fd7dc9f97480af2f1db7fea8735d879259faed5fab0bf94c6f8a224b160b461d6ccb8dfa0f65805b5f78f9b36fb666ce3775162947e3aa6cb6b30a45f4746b0668a309c481e99c0531151593607f669300b2ca6b30a586a6846112f78f82eec3c00ae8c9fd47acba7b79e273c1e39a7168ad90c40b63c473f5ebb04fd237bd3511e8a3ff2f9ae08ed5767d232bb7d245d845e8f7db47f8410196a1e1e2a4ea8fb11f345751384a35d14d20ab71734a0bb1acfa6d7690552214b085755640f058522470fddac19ea8a44dd3a17b9498de92b269b4b76a5eca3232b5c18315d44721b42fd8bd097ab4e91df7ccdc402250f7f3dd70f3ef423e9dd0f9484667c7761389dd7426812079ed8b35fde173821ae5a9f363ee88b4135b4f6ddf7e33a7572d04c509e45fba5d69321b061b98e9ad5da4a3fb4b16f5a2d588b48209955a0a3968b815bf3c225d3d4cee2496ed384614382e5165681fb51bfc9eb5010d33a34948c0f0408a5467e206659214758d6db5600a7ad100ae8eeb1cf51d15074923af8346c397a345cb15324242b3a2194f6e656d0a04ddb35c74dc176c718b2271fe4cc9deedd9f9aeb82a669b54e4ec40ea8843a32caff263b0750ffb29fc5699f676617b52b9dade0d99288cf2f82fd30a126c75481caf790e4b6a308714995f565d74013e392bc512a08f770454d150ab585ccca080882e7c0206b6fe5f1d36e9884d11c7201bbdc205c2c3779010778f0ad01c2862dbe1f54e7642092f2e56198f7abbdde22e756e804ec49d3d8cac01d3a4f69c4c2f03bb2b0eba4b26fbc014d31a4a228fae5f159fefb4289cd298e02aeb90059ff880d1a193e52cc1a451887cb6e0ac41452b232e158d8b15c8881caecc9f5bc6f2004f02ab854160390c2e0f8ecd0ecc5c67a462ee1b801b6b625124c2927560c61fcf791ac7c95e5217e8a64a3ec4b7bb2aa4143dc0701dd74b44cfcdfd8757666e4793008ad5ed63fe17c273f33b8edc52e056c79b23e9cd47eb268473edd107ec3d566eced94d9d32e120263a804115d3d0c76b81a1deedf581df91d3d682c91d8c5d4028b3343fb2f8731aa4eb5b3d75d934e7bd275254cd7d5f560ab7275a0b674e8387007468ed593901a6c31c045607daf1d938d67e3d458492e253a55ca50a687708428f187a98b1ba352581938257001126b0d1b957b16eb5d140341c918b23a3290505269ded92c05168ff0b08375691dde1dcd31a90038f2f58991d04f35ac1cd30eb1075186e4339de7999ce5cc6a67a92bf862801d2c4c65c86bce46fc1ddb931369f4cfcb94e5dc0628493842ad5d9a4deacae042c45e50996802d51eb8e00eead620b4f64bccfd194b6ac5b406964de6dfdf3120ceef7a9dfe0cd69f46e8e5888e0a48c2d0a3539da6fd6910a4af4306c281414e809748801d755f4f46438d08d0421bfef7b5c8fc6059381e0dc7e0ca1de84150e29f78bc2993e2467c4575605da390aae8c5f05d74c06ceb8926c039655b607d096f27f7511145b2c5414b683a49933ad7604f23154dc38032132d731f35cf88a6cd10bd4f12b6e7b2c744615a0955c151ed691053cd5cfe045c3deebff15b5f6108bedf526598451fc1bc1a75b81c5d2487323119474c783059be01ad61672547f8d7443aec458ef7d7d00eecde0505bf49f3553925ea01bfa70707180ed61d9b88267027379e84b24b007ea91de23cced62d39dac977a141c8220d72bc4566b1102617d00693baf8c466f25baf9d489a5c9aee027f014808a5e77a91b7a800b499012d225fbb7fbd070686c805fe20f46bb413273f404f71db347c6e237165a07b1c3876141605d4b69af7906725606a44b232c740cb3f9e907a38f89828e04d17db916e85056d4be85bfb3c245dc065782cb2636bfcf13ba824b5b624d98d374a60407635cbbddbb2030c0b56b4f4cc3cb33ecb19b11020607a8bdd9c9ff33bf637a03a22bf0343050505c954f565687187d48bf19f93fc86c8297a73e8bdc9e9941de9acfd53ad1ddf758217936d8e0f11755d984a0bd7f2823ce56c5eb5698f792a9389510092c4d5ff443671baf0b04e09eb0fb96c6d5ca827a19d81f5eb9d46c1588087910e372a825af3f976a8c4c9e785f80153a8fa7d2d755559932073c51a3308be6efecd70b9fdbf401e288b678204de39ef79cd5f3e192a4f03379a57dccaf7fc9b73c3d9726162f92d187eef8a30826517f5fed7b6d1e177f225b848ed26e23a216d2373a5377c80a6d3d53dd4f5f0bbcdb0d02870149e1865101255bd06de0f5d80d1cc43f9cccbee0b1865bd712630fac80f22a17d1accafb547e7497161088c41e5c4688dcb0a2bb62acff5517c9475271e902ae66e118dbdea8132ed3f47f8347298531ceb11bd315128db0a352a5790662d368a92f19339599ab54e4ce902d053bdbd5b55c165c678b9baf276a181912d11d0271b141f97ab32ac6a25cfb140380850e077201b38c9f2a4f12ef5002929721da85775ce51df3e4bfd4c91d9f5d9b0ad9928e42da13f168bc49926444aecb8641fed8cc3a9d0ac138806df273f991aed3bcab444a7220ebe56c6583973c62603f7b2ceb95d11acbb78184d56d3c7e6660976af2df1b36c377bdea5ba4d68d665ed02841910969ecbe16d44b5dee54e8cb357991ca4ca4eef7383703f8aa4d72fb13cc4d042392a96a7c5a0917ab1ef17956b00b1a734c2c33682e1604eecfd34578bd9eaf2853056a05941f45c3cb8626acd77d1e9f15e0124831ec19c4c9efe94cc949e4e02504446547923fbf2c865765b0c7a015d43a9dfac79154908a1ea0142b039e722a6e984c28cbc9ec5ccea9504765c19e7b548c7c70f712d36a657df2ca048a7bc6a356a687f48f738399a440563bd3372d918324723b8cac13a5a859a757fe41fd8061ef05a3a53605d4033b25e901784465bb81c5468f968e11f3cf35607dda543da17affda246a700b16a18ce044b906963606d9dc75da3afa91d3974ca4ce9ac7af014cf88128cb3a7799d4a703d1ff0b95652a0ef8c2dc5eb0af50bdf8b');
INSERT INTO public.proxy_configs VALUES (10, 1, 1, 'staging', 3, 'system', '2026-11-25 23:40:06.158431+00', '\xea2c012535c920285b7f46b060499945790e8c4d076c1c13bb3d68e892bd1b9dbda24b2a8d423987e6f4db185c9624ad2b6d9bbcf9728aa9d84ed9c6abc6bd48195af41d63b4f592d96b909cad68628c88989c61e5dda3da461408fc79909a4aea4e3c8d8079044051ca035b36846f5ecaff534c7a515d51bb33b14d5ef8053a0c9a8d4c0577374c322ca7828c01204672f9ebca8b7ed30030b6482f0ef6367a818f2973b9493ccc2d36a6c63effb9a2b48ec0308afc2b6050841a36ed49b39d60774a6a00f98646aa74b0c3923137c87d8904f4444d4f9d786f9a757046e3d91f471084acbee2f9608ebcca5c2dcc4e001e1580f834e51ab3750fe4f8ff2bcadb1c13863cd5d7a0ac0a03934e77095d16e5e0e935b2f5f9c126aca4b0395add00d21ea21add679982681134ae38f6de30c20efcf5b34b6e8c80351c0e55bd246a3c43cf143d013aab059be41212e0d52c62195e95703aed2eea62011950410c5bb2fcdab0e3c7f8116494aa48d3b28803e60f2066ecdf72be67067e59ce9a461f1564f7452fa0eb34aefb695af8a586d26b880b6dfca7e4b3114536c6c05fbe3d3f82267a1e15bf72b602b4a7e1aa63638f9f50e278ba4dc9a6cd3f4ff76c3541e4c8f7ae3b8d3dda08656da87e053f51e1d6d07a33733e244635ac3955ffc8b016888efde951ad458569b03a4f48925362f8ee40b0b953036f62b63fbee0905c5e0a02af2c103707b3fb3663b58b753174b8522c47244963b37b2c2cad123fcabdc5e428d77049e9922f090cf04ed15c36175d30c8847c4405a08ee3d9c12e5c16551446a2d65834431698b613bd8e9ae2e196d3cdb0520f22d735b9208e9522dcaf0623caf03cadee0af0dbcb397dfcfec072cae11f818ebdd33bc5605f1e0fd0b26d4e18a4086a13e2e62cab1293b641cb7b9ade222efa6c4aa4c6161a18e8de78c4131b6e1ade10cee911e47a5c5b21d697fa79d038ff314671aaab09169cd186e83762571c9af59cf0bb55e99e82db0df2d5bbaeae20c3d0890cca01b3c8292513760cb5f53c78d7c501550708ba4d20956db4c146273c8fe13dff69efe2931408377ddb80cda6df8eec7e33ccb134d6dc66e5cb00756006d43b7e2d1ee6280daad611b45eda4855926ea4db47fb9ea5803ac6ac5266173e7456c8c7d6e086bca5eebb405c4f49dc58fcd311ab8292d5e36edb9c4875325ad926d9fc5e3547ec2e6dd6f05906c32533a3b1f76d4d172e5f10c19fb9d3647738a105b9247f9b86710791dd56cbd28839e50bcd3d9691a5b07798661c0e13db580e527915f16b40eb131afd3a2d22406b14efde1cb3b3038c3376d9304b9b819a9e2509e5030990436dd44e99c236a68ab297b88ef2669d96a0d607b6b8af421566a6748a3d1b1941037b1885bdf5631fd08d80a5ea39d1e1c0ba22cc8271c7bfa935a6a21eecb190bd3fa32968f3b49d962284893ac3468a2daee8750095c7864cabcbd4fef3ec8df9ebc62764503d49cccfd3312c5ff05b7d43f82506ee2f6c795b6aa59a4c4a24dbb6e410a42cfb149a35f50fc86bd44be44b623efefb3c96b622e4a1df6473b2fdafc280b527fbab01ffa166b2e6d0563a83ab4eda09ad9b2d438ce341602dd4934f091f094723d606a72db102051bec217f885255405427c37f3649c9a0e632d41239a426288a9d78a3b3ce46cbda81c4a659dd057a204811301ae8be7c87a82e043eca96e01aea15f734cb0e4818902ba76a4f10f0f43d7883a1d1a7da16cc16ad1b5c5cebbdca66f3e574713a4af1117306ca37e725fd4caf4efb80eb83747858b585aefe60eb93681237dcde970584b3e45078c33d083b1f9d0f1193ea1c3db89924b64fd13d8b5a756f62c1614139b9927946ca26a9caebe35677090e0f27f8a067bdbe7979a10fb537cf4fdd74b20a1819c2ffb9843ef359fff48a6cd85eed4bead6aef0ee9266e5f8db2ebaade28e34e8373ed363838c1bdcebfe8fc0e9d9baca376f3777bba95c02c28798d7239445135da632c3ec7f9c784f6a81b76740bfc46a3e15eb6feeb5ce30c552e81e6d1db8e2bb0e9ec1d06e4b593d992951046f18c9cd6a0ac7956b8d0fc2d7f55fc6e17e1487b349c53704b361a634d8f374f4b863d17fa170162df6fa7493827cdb8567bf53c94706ef3ad15ee97cbb822998643ba68f2494dcc8aee0b42100ed03a8685abd4a4c0e15eeb9a27ab564a32cc6ca8848c0cbf0a1866e5f1b27c35ea91a7e12c1c69b7f859e994e4ce579564ddc412d97ec7829eccd3fd5ee6978b4c80a23d8953b5faea84c56f8d330ad6d12be942c77a0d418989265726d61fd798958163b903c1a95d46c72d1bb31e70f67b565c2c3d42c25517be5863f96c36b2016f4c5b3d0a62916d5fdf89106da31508553700e986a5840ed67fcfbd57fab7e2f7e5090040c5e38a1f60062aa4c77dbfc07ababa9a22a18d606f5ed0010c5888cb6638d450c36d9e2e9cb85bbabe7dfea6cd0b1f2259750a9ec5841a1629ff7291c409ab5866b9ac51a864839c5e0d959e8e07957eb666e099fbf32c1851b291a03b630edddb509b23310df462904ef24b9064bd92e38a7d209713bb3c99cb80eb9f99ffa29156084f5a6d7d6244c14e36e261655e5a15f9350f3e0fec9826aa97bab7e5757e2d682003868e48c53de290ee33f7024e00f66274fd6f2fd6172e222cd936d06a72f6c35aa419168370562c64fb396929bce8274d92db591c54c8d7d04981889ebc554577778e338bf7ed4c6b479a0feadaf3adbf4ecd4b7f2c77cbb899e0ffc0d8515ebf9eeaac4c7be0ff0fbcd2f5eff87b899aabe572bee022c165d0f3c0e96d1838115935c1d9f60ba3828c3784e462482c46e16b4ab585ed1f41f54d70a6f3aba49456aa8b09377b737f209291d1d8ef781ad386383b1183da5990b94d88e8d2ad5ba1bd78994f2d2e9f5bbf07fe55352b99d819126318ca2a77e732ddd93c0cc4233065402beeba7f68548fa098ae49b45169cd83796b8d6508c626ac2f69b83df7adede94ca179b27b0f34553bc7b7adbaa47767e4060e4cc6ce087dc279408cf3454a8ada7ca6a0b7ebb61a55f46342d806642346603e278e3f3cdb03819bd725d04c8537a051fa49c398f6efb04101211fd3e011af14feec459d659a38d72b1ae6a7497dd5f4bb119e289cb9be9b5823566669a30942f8db13e1a55f328a2e130c7f99766260bf275846646edddb8cbe9855c672d1b26f5d898d46d9b5f70c0ddab6b063ed29afdbd07ad7bac6df48cbaa13833917483abe94ca0e2be4cce4d2ae4b84565f1bd8ec34b61712bc8796e8480978186e6ade341bea0777b070d11adea87cc78d169ee1721032b3e178f79146e0e1fde3597d1d240182fea5b11f65f3307b92c61e0e5abf9e3de701fc45c290384154a0688929773dee8aa5bca39cf4b8c1b5a9d23c95c32b2bc8d43a7d2c1fa2d734671260fcfc8027f0b8eb580f32126d57fd49f04dcf6d2d7d6fdede5811e69237ff7cdbdd3cb910c382185c6cd69126703a1129a1cfa5a0f934414');
INSERT INTO public.recovery_codes VALUES (1, 1, 2, '\x1dce40e93d093f4d40091e13629e2cc6e044b65b8138ea7a8978f402bbe8c7d2', '2026-11-25 10:00:00+00', '2026-11-25 10:00:00+00');
INSERT INTO public.redirects VALUES (1, 1, '/old', '/docs', '2026-11-25 10:00:00+00', '2026-11-25 10:00:00+00');
INSERT INTO public.referrer_filters VALUES (1, 1, 1, '*.example.org', '2026-11-26 03:42:36.615383+00');
INSERT INTO public.refusal_totals VALUES (1, 1, 'limits_exceeded', 'hour', '2026-11-25 10:00:00+00', 7);
INSERT INTO public.response_code_totals VALUES (10, 404, 'day', '2026-11-20 00:00:00+00', 3, 7);
INSERT INTO public.sections VALUES (1, 1, NULL, 'Root', 'root', true, '', true, '2026-11-26 10:06:54.689365+00', '2026-11-26 10:06:54.689365+00');
INSERT INTO public.sections VALUES (2, 2, NULL, 'Root', 'root', true, '', true, '2026-11-26 10:06:54.689365+00', '2026-11-26 10:06:54.689365+00');
INSERT INTO public.service_contracts VALUES (1, 1, 1, 1, 1, 'live', '2026-11-25 23:40:05.7013+00', NULL);
INSERT INTO public.service_contracts VALUES (2, 2, 2, 2, 2, 'live', '2026-11-25 23:40:05.846667+00', NULL);
INSERT INTO public.service_contracts VALUES (3, 1, 3, 1, 1, 'live', '2026-11-25 23:40:06.01068+00', NULL);
INSERT INTO public.service_contracts VALUES (4, 1, 3, 3, 3, 'live', '2026-11-25 23:40:06.010784+00', NULL);
INSERT INTO public.service_contracts VALUES (5, 1, 4, 1, 1, 'live', '2026-11-25 23:40:06.032531+00', NULL);
INSERT INTO public.service_contracts VALUES (6, 1, 4, 3, 3, 'live', '2026-11-25 23:40:06.032644+00', NULL);
INSERT INTO public.service_contracts VALUES (7, 1, 5, 1, 1, 'live', '2026-11-25 23:40:06.057553+00', NULL);
INSERT INTO public.service_contracts VALUES (8, 1, 5, 3, 3, 'live', '2026-11-25 23:40:06.057635+00', NULL);
INSERT INTO public.service_plans VALUES (1, 1, 1, 'Default', 'default', 'published', true, false, '2026-11-25 23:40:05.560653+00', '2026-11-25 23:40:05.560665+00', '', 0.0000, 0.0000, 0, 1);
INSERT INTO public.service_plans VALUES (2, 2, 2, 'Default', 'default', 'published', true, false, '2026-11-25 23:40:05.778598+00', '2026-11-25 23:40:05.778606+00', '', 0.0000, 0.0000, 0, 1);
INSERT INTO public.service_plans VALUES (3, 1, 3, 'Default', 'default', 'published', true, false, '2026-11-25 23:40:05.871636+00', '2026-11-25 23:40:05.871643+00', '', 0.0000, 0.0000, 0, 1);
INSERT INTO public.services VALUES (2, 2, 'API', 'api', 'Your first API.', '', 'published', true, '1', 'hosted', '\x48e99c3166c3220c2aee7a5d6a28c6ecd7f6d0b655e86c29cb46ef3c295c5cf3', '\x27e3c42847f5c95545e333684a98e11558f0d43deccbc1d816bdf92c76e076c9e6c7a40c6827afd21fdc72023e2995d59e45c2f240490b036d6396171349235a693e79ea934ab52ab6c72e70f6fdcbc600a12ebd743bc62091a260c5', true, true, true, true, true, false, false, true, 'request', '2026-11-25 23:40:05.758027+00', '2026-11-25 23:40:05.774418+00', 'api-globex', false, '50 80 90 100 120 150 200 300', '100', '50 80 90 100 120 150 200 300', '80 100', '', '');
INSERT INTO public.services VALUES (1, 1, 'API', 'api', 'Your first API.', '', 'published', false, '1', 'hosted', '\x5332133ba54cf26f08b99cfc842c5c98858fc14e3ebc5e92cbe424a36e1d4994', '\x919569dfae648c6b79feed36f9fe47c25e67013da15313c80857ae79ae84acd480405edfea5e5ae96cac917f1615903ebaafcd67e5c88700cdd95e408f90471a116fa07b62f9b05db6481689ffc469d96d53a367fb3705b9c698b7e2', true, true, true, true, true, false, false, true, 'request', '2026-11-25 23:40:05.540878+00', '2026-11-25 23:40:05.885842+00', 'api-acme', false, '50 80 90 100 120 150 200 300', '100', '50 80 90 100 120 150 200 300', '80 100', '', '');
INSERT INTO public.services VALUES (3, 1, 'Pet Store', 'petstore', '', '', 'published', true, '1', 'hosted', '\x38be49c4506760a16bd5569be35d1ae73bd453d832154ac3b5d49cf561813c8b', '\x42504b329202b5f0bca6708c9d972038a486c8f57502d958c6004126f39df07e2361d038b7d250c968d006605d7d5cf7745ce43cd68533a6f5a6b75aacaaee60d6b2b48b3b54de34439a265f4e52332e2d0493299c20f03acc9a525c', true, true, true, true, true, false, false, true, 'request', '2026-11-25 23:40:05.862354+00', '2026-11-25 23:40:05.885845+00', 'petstore-acme', false, '50 80 90 100 120 150 200 300', '100', '50 80 90 100 120 150 200 300', '80 100', '', '');
INSERT INTO public.settings VALUES (2, true, true, false, false, 'request', 'request', false, true, '2026-11-25 23:40:05.743447+00', '', true, true, '', false, NULL, 'none', false, false, false, false, true);
INSERT INTO public.settings VALUES (1, true, true, false, false, 'request', 'request', false, true, '2026-11-25 23:40:06.118113+00', '', true, true, '', false, NULL, 'none', false, false, false, false, true);
INSERT INTO public.spent_challenges VALUES ('abababababababababababababababababababababababababababababababab', 1, '2026-11-25 10:00:00+00');
INSERT INTO public.sso_authorizations VALUES (1, 1, 1, 5, 'subject-1', '2026-11-25 10:00:00+00', '2026-11-25 10:00:00+00');
INSERT INTO public.template_openings VALUES (1, 1, 1, 1, 'admin', '2026-11-25 10:00:00+00', '2026-11-25 10:00:00+00');
INSERT INTO public.template_versions VALUES (1, 1, 1, '<h1>Before</h1>', 'admin', '2026-11-25 10:00:00+00');
INSERT INTO public.templates VALUES (1, 1, 'page', '/docs', 'Docs', NULL, 'Hello
{{ provider.name }}', 'main_layout', '', '2026-11-25 23:40:05.993633+00', '2026-11-25 23:40:05.993648+00', NULL, NULL, NULL, 'text/html', true, '', false, false, '', '', 5, 0, '', NULL, NULL, NULL);
INSERT INTO public.templates VALUES (2, 1, 'partial', 'a.b/c', '', NULL, 'A
B', 'main_layout', '', '2026-11-25 23:40:05.998465+00', '2026-11-25 23:40:05.998476+00', NULL, NULL, NULL, 'text/html', true, '', false, false, '', '', 5, 0, '', NULL, NULL, NULL);
INSERT INTO public.terms_acceptances VALUES (1, 1, 3, 1, 1, '2026-11-25 10:00:00+00');
INSERT INTO public.usage_batches VALUES ('batch-1', '2026-11-25 23:40:06.175846+00');
INSERT INTO public.usage_limits VALUES (1, 1, 5, 3, 'minute', 5, '2026-11-25 23:40:05.946211+00', '2026-11-25 23:40:05.946223+00');
INSERT INTO public.usage_limits VALUES (2, 1, 5, 5, 'day', 1, '2026-11-25 23:40:05.952634+00', '2026-11-25 23:40:05.952646+00');
INSERT INTO public.usage_limits VALUES (3, 1, 8, 3, 'minute', 5, '2026-11-25 23:40:05.984556+00', '2026-11-25 23:40:05.984568+00');
INSERT INTO public.usage_limits VALUES (4, 1, 8, 5, 'day', 1, '2026-11-25 23:40:05.984669+00', '2026-11-25 23:40:05.984676+00');
INSERT INTO public.usage_totals VALUES (10, 3, 'day', '2026-11-01 00:00:00+00', 3, 1099511627776);
INSERT INTO public.usage_totals VALUES (10, 3, 'month', '2026-11-01 00:00:00+00', 3, 1099511627776);
INSERT INTO public.usage_totals VALUES (10, 3, 'eternity', '2026-11-01 00:00:00+00', 3, 1099511627776);
INSERT INTO public.user_sessions VALUES (1, 1, 1, '7de6dbf2a219cd30d517ee444a49e2f0a3f6dc07f70685e8392a7172cf5a6e77ef3d34081e2081577d9016441d54270b', '2026-12-09 23:40:06.196803+00', '2026-11-25 23:40:06.196967+00', '2026-11-25 23:40:06.196984+00');
INSERT INTO public.user_sessions VALUES (2, 1, 5, '75dbb6abff224ddf06460536af35e5a6e96d4e69b721fa8455d69c0a3791589b1962ddb50ba342c152ade396861e733d', '2026-12-09 23:40:06.206711+00', '2026-11-25 23:40:06.206841+00', '2026-11-25 23:40:06.206856+00');
INSERT INTO public.users VALUES (2, 1, 1, 'developer', 'john', 'admin+test@acme.example', '$argon2id$v=19$m=8,t=1,p=1$ECJ+a89xVbc2gGPadYazCQ$hju6ol4fvMhcw9oeJPF/Mb5q4eT/SISUzBu5fCmW0E8', 'admin', 'active', 'John', 'Doe', '{}', '2026-11-25 23:40:05.693302+00', '2026-11-25 23:40:05.718369+00', false, '', false);
INSERT INTO public.users VALUES (3, 2, NULL, 'provider', 'admin', 'admin@globex.example', '$argon2id$v=19$m=8,t=1,p=1$bvoVbp5VwxNhVJAsmRWkGg$txKF4xY60NpCUZk7Mr42YjlA1P1sAHyFJ+j/wbhZRs8', 'admin', 'active', '', '', '{}', '2026-11-25 23:40:05.743949+00', '2026-11-25 23:40:05.743961+00', false, '', false);
INSERT INTO public.users VALUES (4, 2, 2, 'developer', 'john', 'admin+test@globex.example', '$argon2id$v=19$m=8,t=1,p=1$GHPeb0ikW4bxI9/Re8B/Pw$HWNu5xUyEkBuBr81DCDuM3LfmAZCtqx12TEbyUxgLYE', 'admin', 'active', 'John', 'Doe', '{}', '2026-11-25 23:40:05.84347+00', '2026-11-25 23:40:05.850954+00', false, '', false);
INSERT INTO public.users VALUES (5, 1, 3, 'developer', 'keeper', 'keeper@zoo.example', '$argon2id$v=19$m=8,t=1,p=1$v+/QG32ikYt9D7ON1nORgg$q8JuICSJ9kUjt/4mjmxkvaTtiCtqj555z+YaYwuS7cM', 'admin', 'active', '', '', '{}', '2026-11-25 23:40:06.006453+00', '2026-11-25 23:40:06.01818+00', false, '', false);
INSERT INTO public.users VALUES (6, 1, 4, 'developer', 'clown', 'clown@circus.example', '$argon2id$v=19$m=8,t=1,p=1$g0o9ALFOQ4NKp+z04byTCQ$wB/TCf2HKbcl7M55uFiDD30F8TEbCAR+N0macoog4yA', 'admin', 'pending', '', '', '{}', '2026-11-25 23:40:06.028315+00', '2026-11-25 23:40:06.028332+00', false, '', false);
INSERT INTO public.users VALUES (7, 1, 5, 'developer', 'farmer', '', '', 'admin', 'pending', '', '', '{}', '2026-11-25 23:40:06.052523+00', '2026-11-25 23:40:06.052534+00', false, '', false);
INSERT INTO public.users VALUES (1, 1, NULL, 'provider', 'admin', 'admin@acme.example', '$argon2id$v=19$m=8,t=1,p=1$wSG4N87heHZtmnwpBbRaug$Jyliew+8XLNOJiUsJnni+sgYb5ZQXdxaZJsIpk4FVrg', 'admin', 'active', '', '', '{}', '2026-11-25 23:40:05.51403+00', '2026-11-25 23:40:06.166604+00', false, '', false);
SELECT pg_catalog.setval('public.access_tokens_id_seq', 3, true);
SELECT pg_catalog.setval('public.account_groups_id_seq', 1, true);
SELECT pg_catalog.setval('public.account_plans_id_seq', 3, true);
SELECT pg_catalog.setval('public.accounts_id_seq', 5, true);
SELECT pg_catalog.setval('public.alerts_id_seq', 1, true);
SELECT pg_catalog.setval('public.api_docs_services_id_seq', 3, true);
SELECT pg_catalog.setval('public.api_docs_versions_id_seq', 3, true);
SELECT pg_catalog.setval('public.application_keys_id_seq', 2, true);
SELECT pg_catalog.setval('public.application_plans_id_seq', 8, true);
SELECT pg_catalog.setval('public.applications_id_seq', 10, true);
SELECT pg_catalog.setval('public.authentication_providers_id_seq', 1, true);
SELECT pg_catalog.setval('public.domains_id_seq', 1, true);
SELECT pg_catalog.setval('public.events_id_seq', 90, true);
SELECT pg_catalog.setval('public.features_id_seq', 7, true);
SELECT pg_catalog.setval('public.feeds_id_seq', 1, true);
SELECT pg_catalog.setval('public.field_definitions_id_seq', 14, true);
SELECT pg_catalog.setval('public.forum_categories_id_seq', 1, true);
SELECT pg_catalog.setval('public.forum_posts_id_seq', 1, true);
SELECT pg_catalog.setval('public.forum_topics_id_seq', 1, true);
SELECT pg_catalog.setval('public.gallery_entries_id_seq', 1, true);
SELECT pg_catalog.setval('public.hosts_id_seq', 10, true);
SELECT pg_catalog.setval('public.invitations_id_seq', 1, true);
SELECT pg_catalog.setval('public.legal_terms_id_seq', 1, true);
SELECT pg_catalog.setval('public.mails_id_seq', 1, true);
SELECT pg_catalog.setval('public.mapping_rules_id_seq', 6, true);
SELECT pg_catalog.setval('public.message_copies_id_seq', 1, true);
SELECT pg_catalog.setval('public.messages_id_seq', 1, true);
SELECT pg_catalog.setval('public.metrics_id_seq', 5, true);
SELECT pg_catalog.setval('public.one_time_tokens_id_seq', 1, true);
SELECT pg_catalog.setval('public.passkeys_id_seq', 1, true);
SELECT pg_catalog.setval('public.portal_files_id_seq', 1, true);
SELECT pg_catalog.setval('public.providers_id_seq', 2, true);
SELECT pg_catalog.setval('public.proxies_id_seq', 3, true);
SELECT pg_catalog.setval('public.proxy_configs_id_seq', 10, true);
SELECT pg_catalog.setval('public.recovery_codes_id_seq', 1, true);
SELECT pg_catalog.setval('public.redirects_id_seq', 1, true);
SELECT pg_catalog.setval('public.referrer_filters_id_seq', 1, true);
SELECT pg_catalog.setval('public.sections_id_seq', 2, true);
SELECT pg_catalog.setval('public.service_contracts_id_seq', 8, true);
SELECT pg_catalog.setval('public.service_plans_id_seq', 3, true);
SELECT pg_catalog.setval('public.services_id_seq', 3, true);
SELECT pg_catalog.setval('public.sso_authorizations_id_seq', 1, true);
SELECT pg_catalog.setval('public.template_openings_id_seq', 1, true);
SELECT pg_catalog.setval('public.template_versions_id_seq', 1, true);
SELECT pg_catalog.setval('public.templates_id_seq', 2, true);
SELECT pg_catalog.setval('public.terms_acceptances_id_seq', 1, true);
SELECT pg_catalog.setval('public.usage_limits_id_seq', 4, true);
SELECT pg_catalog.setval('public.user_sessions_id_seq', 2, true);
SELECT pg_catalog.setval('public.users_id_seq', 7, true);
ALTER TABLE ONLY public.access_tokens
    ADD CONSTRAINT access_tokens_digest_key UNIQUE (digest);
ALTER TABLE ONLY public.access_tokens
    ADD CONSTRAINT access_tokens_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.account_group_accounts
    ADD CONSTRAINT account_group_accounts_pkey PRIMARY KEY (account_id, group_id);
ALTER TABLE ONLY public.account_group_sections
    ADD CONSTRAINT account_group_sections_pkey PRIMARY KEY (group_id, section_id);
ALTER TABLE ONLY public.account_groups
    ADD CONSTRAINT account_groups_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.account_groups
    ADD CONSTRAINT account_groups_provider_id_name_key UNIQUE (provider_id, name);
ALTER TABLE ONLY public.account_plans
    ADD CONSTRAINT account_plans_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.account_plans
    ADD CONSTRAINT account_plans_provider_id_system_name_key UNIQUE (provider_id, system_name);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.alembic_version
    ADD CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num);
ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_application_id_metric_id_period_window_start_level_key UNIQUE (application_id, metric_id, period, window_start, level);
ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.api_docs_services
    ADD CONSTRAINT api_docs_services_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.api_docs_services
    ADD CONSTRAINT api_docs_services_provider_id_system_name_key UNIQUE (provider_id, system_name);
ALTER TABLE ONLY public.api_docs_versions
    ADD CONSTRAINT api_docs_versions_api_docs_id_number_key UNIQUE (api_docs_id, number);
ALTER TABLE ONLY public.api_docs_versions
    ADD CONSTRAINT api_docs_versions_pkey PRIMARY KEY (id);
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
ALTER TABLE ONLY public.authentication_providers
    ADD CONSTRAINT authentication_providers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.authentication_providers
    ADD CONSTRAINT authentication_providers_provider_id_system_name_key UNIQUE (provider_id, system_name);
ALTER TABLE ONLY public.authenticators
    ADD CONSTRAINT authenticators_pkey PRIMARY KEY (user_id);
ALTER TABLE ONLY public.domains
    ADD CONSTRAINT domains_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.domains
    ADD CONSTRAINT domains_provider_id_name_key UNIQUE (provider_id, name);
ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.features
    ADD CONSTRAINT features_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.features
    ADD CONSTRAINT features_service_id_system_name_key UNIQUE (service_id, system_name);
ALTER TABLE ONLY public.feeds
    ADD CONSTRAINT feeds_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.feeds
    ADD CONSTRAINT feeds_provider_id_url_key UNIQUE (provider_id, url);
ALTER TABLE ONLY public.field_definitions
    ADD CONSTRAINT field_definitions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.field_definitions
    ADD CONSTRAINT field_definitions_provider_id_target_name_key UNIQUE (provider_id, target, name);
ALTER TABLE ONLY public.forum_categories
    ADD CONSTRAINT forum_categories_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.forum_categories
    ADD CONSTRAINT forum_categories_provider_id_system_name_key UNIQUE (provider_id, system_name);
ALTER TABLE ONLY public.forum_posts
    ADD CONSTRAINT forum_posts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.forum_subscriptions
    ADD CONSTRAINT forum_subscriptions_pkey PRIMARY KEY (user_id, topic_id);
ALTER TABLE ONLY public.forum_topics
    ADD CONSTRAINT forum_topics_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.gallery_entries
    ADD CONSTRAINT gallery_entries_application_id_key UNIQUE (application_id);
ALTER TABLE ONLY public.gallery_entries
    ADD CONSTRAINT gallery_entries_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.hosts
    ADD CONSTRAINT hosts_name_key UNIQUE (name);
ALTER TABLE ONLY public.hosts
    ADD CONSTRAINT hosts_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_account_id_email_key UNIQUE (account_id, email);
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.legal_terms
    ADD CONSTRAINT legal_terms_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.legal_terms
    ADD CONSTRAINT legal_terms_provider_id_kind_version_key UNIQUE (provider_id, kind, version);
ALTER TABLE ONLY public.look_files
    ADD CONSTRAINT look_files_pkey PRIMARY KEY (provider_id, name);
ALTER TABLE ONLY public.mails
    ADD CONSTRAINT mails_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.mapping_rules
    ADD CONSTRAINT mapping_rules_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.message_copies
    ADD CONSTRAINT message_copies_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.metrics
    ADD CONSTRAINT metrics_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.metrics
    ADD CONSTRAINT metrics_service_id_system_name_key UNIQUE (service_id, system_name);
ALTER TABLE ONLY public.notification_preferences
    ADD CONSTRAINT notification_preferences_pkey PRIMARY KEY (user_id);
ALTER TABLE ONLY public.one_time_tokens
    ADD CONSTRAINT one_time_tokens_digest_key UNIQUE (digest);
ALTER TABLE ONLY public.one_time_tokens
    ADD CONSTRAINT one_time_tokens_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_provider_id_credential_id_key UNIQUE (provider_id, credential_id);
ALTER TABLE ONLY public.plan_features
    ADD CONSTRAINT plan_features_pkey PRIMARY KEY (plan_id, feature_id);
ALTER TABLE ONLY public.portal_file_chunks
    ADD CONSTRAINT portal_file_chunks_pkey PRIMARY KEY (file_id, number);
ALTER TABLE ONLY public.portal_files
    ADD CONSTRAINT portal_files_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.portal_files
    ADD CONSTRAINT portal_files_provider_id_path_key UNIQUE (provider_id, path);
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
ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_user_id_digest_key UNIQUE (user_id, digest);
ALTER TABLE ONLY public.redirects
    ADD CONSTRAINT redirects_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.redirects
    ADD CONSTRAINT redirects_provider_id_source_key UNIQUE (provider_id, source);
ALTER TABLE ONLY public.referrer_filters
    ADD CONSTRAINT referrer_filters_application_id_value_key UNIQUE (application_id, value);
ALTER TABLE ONLY public.referrer_filters
    ADD CONSTRAINT referrer_filters_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.refusal_totals
    ADD CONSTRAINT refusal_totals_pkey PRIMARY KEY (service_id, application_id, code, period, window_start);
ALTER TABLE ONLY public.response_code_totals
    ADD CONSTRAINT response_code_totals_pkey PRIMARY KEY (application_id, code, period, window_start);
ALTER TABLE ONLY public.sections
    ADD CONSTRAINT sections_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.sections
    ADD CONSTRAINT sections_provider_id_system_name_key UNIQUE (provider_id, system_name);
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
ALTER TABLE ONLY public.spent_challenges
    ADD CONSTRAINT spent_challenges_pkey PRIMARY KEY (digest);
ALTER TABLE ONLY public.sso_authorizations
    ADD CONSTRAINT sso_authorizations_authentication_provider_id_uid_key UNIQUE (authentication_provider_id, uid);
ALTER TABLE ONLY public.sso_authorizations
    ADD CONSTRAINT sso_authorizations_authentication_provider_id_user_id_key UNIQUE (authentication_provider_id, user_id);
ALTER TABLE ONLY public.sso_authorizations
    ADD CONSTRAINT sso_authorizations_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.template_openings
    ADD CONSTRAINT template_openings_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.template_versions
    ADD CONSTRAINT template_versions_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.templates
    ADD CONSTRAINT templates_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.templates
    ADD CONSTRAINT templates_provider_id_kind_name_key UNIQUE (provider_id, kind, name);
ALTER TABLE ONLY public.terms_acceptances
    ADD CONSTRAINT terms_acceptances_account_id_terms_id_key UNIQUE (account_id, terms_id);
ALTER TABLE ONLY public.terms_acceptances
    ADD CONSTRAINT terms_acceptances_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.templates
    ADD CONSTRAINT uq_templates_system_name UNIQUE (provider_id, kind, system_name);
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
CREATE INDEX ix_account_group_accounts_group_id ON public.account_group_accounts USING btree (group_id);
CREATE INDEX ix_account_group_sections_section_id ON public.account_group_sections USING btree (section_id);
CREATE INDEX ix_account_plans_provider_id ON public.account_plans USING btree (provider_id);
CREATE INDEX ix_accounts_provider_id_id ON public.accounts USING btree (provider_id, id);
CREATE INDEX ix_accounts_provider_id_state ON public.accounts USING btree (provider_id, state);
CREATE INDEX ix_accounts_wanted_plan_id ON public.accounts USING btree (wanted_plan_id);
CREATE INDEX ix_alerts_account ON public.alerts USING btree (account_id, state, id);
CREATE INDEX ix_alerts_metric_id ON public.alerts USING btree (metric_id);
CREATE INDEX ix_alerts_provider ON public.alerts USING btree (provider_id, provider_state, id);
CREATE INDEX ix_api_docs_services_provider_id_id ON public.api_docs_services USING btree (provider_id, id);
CREATE INDEX ix_api_docs_services_service_id ON public.api_docs_services USING btree (service_id);
CREATE INDEX ix_api_docs_versions_provider_id ON public.api_docs_versions USING btree (provider_id);
CREATE INDEX ix_application_keys_application_id ON public.application_keys USING btree (application_id);
CREATE INDEX ix_application_plans_service_id ON public.application_plans USING btree (service_id);
CREATE INDEX ix_applications_account_id ON public.applications USING btree (account_id);
CREATE INDEX ix_applications_old_key_digest ON public.applications USING btree (old_key_digest);
CREATE INDEX ix_applications_plan_id ON public.applications USING btree (plan_id);
CREATE INDEX ix_applications_provider_id_id ON public.applications USING btree (provider_id, id);
CREATE INDEX ix_applications_provider_id_state ON public.applications USING btree (provider_id, state);
CREATE INDEX ix_applications_wanted_plan_id ON public.applications USING btree (wanted_plan_id);
CREATE INDEX ix_domains_next_check_at ON public.domains USING btree (next_check_at);
CREATE INDEX ix_domains_service_id ON public.domains USING btree (service_id);
CREATE INDEX ix_events_provider_id_id ON public.events USING btree (provider_id, id);
CREATE INDEX ix_events_transaction_id ON public.events USING btree (transaction_id);
CREATE INDEX ix_events_undelivered ON public.events USING btree (delivered_at, id);
CREATE INDEX ix_features_service_id ON public.features USING btree (service_id);
CREATE INDEX ix_forum_posts_account_id ON public.forum_posts USING btree (account_id);
CREATE INDEX ix_forum_posts_provider_id ON public.forum_posts USING btree (provider_id);
CREATE INDEX ix_forum_posts_topic_id_id ON public.forum_posts USING btree (topic_id, id);
CREATE INDEX ix_forum_posts_user_id ON public.forum_posts USING btree (user_id);
CREATE INDEX ix_forum_subscriptions_topic_id ON public.forum_subscriptions USING btree (topic_id);
CREATE INDEX ix_forum_topics_category_id ON public.forum_topics USING btree (category_id);
CREATE INDEX ix_forum_topics_order ON public.forum_topics USING btree (provider_id, is_hidden, rank);
CREATE INDEX ix_gallery_entries_account_id ON public.gallery_entries USING btree (account_id);
CREATE INDEX ix_gallery_entries_state ON public.gallery_entries USING btree (provider_id, state, id);
CREATE INDEX ix_hosts_domain_id ON public.hosts USING btree (domain_id);
CREATE INDEX ix_hosts_provider_id ON public.hosts USING btree (provider_id);
CREATE INDEX ix_hosts_service_id ON public.hosts USING btree (service_id);
CREATE INDEX ix_mails_account_id ON public.mails USING btree (account_id);
CREATE INDEX ix_mails_event_id ON public.mails USING btree (event_id);
CREATE INDEX ix_mails_link_digest ON public.mails USING btree (link_digest);
CREATE INDEX ix_mails_provider_id ON public.mails USING btree (provider_id);
CREATE INDEX ix_mapping_rules_metric_id ON public.mapping_rules USING btree (metric_id);
CREATE INDEX ix_mapping_rules_service_id ON public.mapping_rules USING btree (service_id);
CREATE INDEX ix_message_copies_account_id ON public.message_copies USING btree (account_id);
CREATE INDEX ix_message_copies_folder ON public.message_copies USING btree (provider_id, account_id, folder, id);
CREATE INDEX ix_message_copies_message_id ON public.message_copies USING btree (message_id);
CREATE INDEX ix_messages_account_id ON public.messages USING btree (account_id);
CREATE INDEX ix_messages_event_id ON public.messages USING btree (event_id);
CREATE INDEX ix_messages_provider_id_id ON public.messages USING btree (provider_id, id);
CREATE INDEX ix_messages_state ON public.messages USING btree (state);
CREATE INDEX ix_metrics_service_id ON public.metrics USING btree (service_id);
CREATE INDEX ix_one_time_tokens_invitation_id ON public.one_time_tokens USING btree (invitation_id);
CREATE INDEX ix_one_time_tokens_user_id ON public.one_time_tokens USING btree (user_id);
CREATE INDEX ix_passkeys_user_id ON public.passkeys USING btree (user_id);
CREATE INDEX ix_portal_files_section_id ON public.portal_files USING btree (section_id);
CREATE INDEX ix_proxy_configs_current ON public.proxy_configs USING btree (service_id, environment, id);
CREATE INDEX ix_recovery_codes_user_id ON public.recovery_codes USING btree (user_id);
CREATE INDEX ix_referrer_filters_application_id ON public.referrer_filters USING btree (application_id);
CREATE INDEX ix_refusal_totals_service ON public.refusal_totals USING btree (service_id, period, window_start);
CREATE INDEX ix_response_code_totals_service ON public.response_code_totals USING btree (service_id, period, window_start);
CREATE INDEX ix_sections_parent_id ON public.sections USING btree (parent_id);
CREATE INDEX ix_service_contracts_account_id ON public.service_contracts USING btree (account_id);
CREATE INDEX ix_service_contracts_service_id ON public.service_contracts USING btree (service_id);
CREATE INDEX ix_service_contracts_wanted_plan_id ON public.service_contracts USING btree (wanted_plan_id);
CREATE INDEX ix_service_plans_service_id ON public.service_plans USING btree (service_id);
CREATE INDEX ix_services_provider_id_id ON public.services USING btree (provider_id, id);
CREATE INDEX ix_sso_authorizations_user_id ON public.sso_authorizations USING btree (user_id);
CREATE INDEX ix_template_openings_template_id ON public.template_openings USING btree (template_id);
CREATE INDEX ix_template_versions_template_id ON public.template_versions USING btree (template_id, id);
CREATE INDEX ix_templates_publish_at ON public.templates USING btree (publish_at);
CREATE INDEX ix_templates_section_id ON public.templates USING btree (section_id);
CREATE INDEX ix_terms_acceptances_terms_id ON public.terms_acceptances USING btree (terms_id);
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
ALTER TABLE ONLY public.account_group_accounts
    ADD CONSTRAINT account_group_accounts_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);
ALTER TABLE ONLY public.account_group_accounts
    ADD CONSTRAINT account_group_accounts_group_id_fkey FOREIGN KEY (group_id) REFERENCES public.account_groups(id);
ALTER TABLE ONLY public.account_group_sections
    ADD CONSTRAINT account_group_sections_group_id_fkey FOREIGN KEY (group_id) REFERENCES public.account_groups(id);
ALTER TABLE ONLY public.account_group_sections
    ADD CONSTRAINT account_group_sections_section_id_fkey FOREIGN KEY (section_id) REFERENCES public.sections(id);
ALTER TABLE ONLY public.account_groups
    ADD CONSTRAINT account_groups_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.account_plans
    ADD CONSTRAINT account_plans_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_account_plan_id_fkey FOREIGN KEY (account_plan_id) REFERENCES public.account_plans(id);
ALTER TABLE ONLY public.accounts
    ADD CONSTRAINT accounts_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_application_id_fkey FOREIGN KEY (application_id) REFERENCES public.applications(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_metric_id_fkey FOREIGN KEY (metric_id) REFERENCES public.metrics(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.alerts
    ADD CONSTRAINT alerts_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.services(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.api_docs_services
    ADD CONSTRAINT api_docs_services_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.api_docs_services
    ADD CONSTRAINT api_docs_services_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.services(id);
ALTER TABLE ONLY public.api_docs_versions
    ADD CONSTRAINT api_docs_versions_api_docs_id_fkey FOREIGN KEY (api_docs_id) REFERENCES public.api_docs_services(id);
ALTER TABLE ONLY public.api_docs_versions
    ADD CONSTRAINT api_docs_versions_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
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
ALTER TABLE ONLY public.authentication_providers
    ADD CONSTRAINT authentication_providers_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.authenticators
    ADD CONSTRAINT authenticators_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.authenticators
    ADD CONSTRAINT authenticators_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);
ALTER TABLE ONLY public.domains
    ADD CONSTRAINT domains_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.domains
    ADD CONSTRAINT domains_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.services(id);
ALTER TABLE ONLY public.events
    ADD CONSTRAINT events_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.features
    ADD CONSTRAINT features_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.features
    ADD CONSTRAINT features_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.services(id);
ALTER TABLE ONLY public.feeds
    ADD CONSTRAINT feeds_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.field_definitions
    ADD CONSTRAINT field_definitions_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.hosts
    ADD CONSTRAINT fk_hosts_domain_id FOREIGN KEY (domain_id) REFERENCES public.domains(id);
ALTER TABLE ONLY public.one_time_tokens
    ADD CONSTRAINT fk_one_time_tokens_invitation_id FOREIGN KEY (invitation_id) REFERENCES public.invitations(id);
ALTER TABLE ONLY public.templates
    ADD CONSTRAINT fk_templates_section_id FOREIGN KEY (section_id) REFERENCES public.sections(id);
ALTER TABLE ONLY public.forum_categories
    ADD CONSTRAINT forum_categories_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.forum_posts
    ADD CONSTRAINT forum_posts_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.forum_posts
    ADD CONSTRAINT forum_posts_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.forum_posts
    ADD CONSTRAINT forum_posts_topic_id_fkey FOREIGN KEY (topic_id) REFERENCES public.forum_topics(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.forum_posts
    ADD CONSTRAINT forum_posts_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.forum_subscriptions
    ADD CONSTRAINT forum_subscriptions_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.forum_subscriptions
    ADD CONSTRAINT forum_subscriptions_topic_id_fkey FOREIGN KEY (topic_id) REFERENCES public.forum_topics(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.forum_subscriptions
    ADD CONSTRAINT forum_subscriptions_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.forum_topics
    ADD CONSTRAINT forum_topics_category_id_fkey FOREIGN KEY (category_id) REFERENCES public.forum_categories(id) ON DELETE SET NULL;
ALTER TABLE ONLY public.forum_topics
    ADD CONSTRAINT forum_topics_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.gallery_entries
    ADD CONSTRAINT gallery_entries_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.gallery_entries
    ADD CONSTRAINT gallery_entries_application_id_fkey FOREIGN KEY (application_id) REFERENCES public.applications(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.gallery_entries
    ADD CONSTRAINT gallery_entries_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.hosts
    ADD CONSTRAINT hosts_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.hosts
    ADD CONSTRAINT hosts_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.services(id);
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);
ALTER TABLE ONLY public.invitations
    ADD CONSTRAINT invitations_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.legal_terms
    ADD CONSTRAINT legal_terms_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.look_files
    ADD CONSTRAINT look_files_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
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
ALTER TABLE ONLY public.message_copies
    ADD CONSTRAINT message_copies_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.message_copies
    ADD CONSTRAINT message_copies_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.messages(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.message_copies
    ADD CONSTRAINT message_copies_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_event_id_fkey FOREIGN KEY (event_id) REFERENCES public.events(id);
ALTER TABLE ONLY public.messages
    ADD CONSTRAINT messages_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.metrics
    ADD CONSTRAINT metrics_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES public.metrics(id);
ALTER TABLE ONLY public.metrics
    ADD CONSTRAINT metrics_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.metrics
    ADD CONSTRAINT metrics_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.services(id);
ALTER TABLE ONLY public.notification_preferences
    ADD CONSTRAINT notification_preferences_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.notification_preferences
    ADD CONSTRAINT notification_preferences_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.one_time_tokens
    ADD CONSTRAINT one_time_tokens_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.one_time_tokens
    ADD CONSTRAINT one_time_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);
ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.passkeys
    ADD CONSTRAINT passkeys_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);
ALTER TABLE ONLY public.plan_features
    ADD CONSTRAINT plan_features_feature_id_fkey FOREIGN KEY (feature_id) REFERENCES public.features(id);
ALTER TABLE ONLY public.plan_features
    ADD CONSTRAINT plan_features_plan_id_fkey FOREIGN KEY (plan_id) REFERENCES public.application_plans(id);
ALTER TABLE ONLY public.portal_file_chunks
    ADD CONSTRAINT portal_file_chunks_file_id_fkey FOREIGN KEY (file_id) REFERENCES public.portal_files(id);
ALTER TABLE ONLY public.portal_files
    ADD CONSTRAINT portal_files_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.portal_files
    ADD CONSTRAINT portal_files_section_id_fkey FOREIGN KEY (section_id) REFERENCES public.sections(id);
ALTER TABLE ONLY public.proxies
    ADD CONSTRAINT proxies_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.proxies
    ADD CONSTRAINT proxies_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.services(id);
ALTER TABLE ONLY public.proxy_configs
    ADD CONSTRAINT proxy_configs_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.proxy_configs
    ADD CONSTRAINT proxy_configs_service_id_fkey FOREIGN KEY (service_id) REFERENCES public.services(id);
ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.recovery_codes
    ADD CONSTRAINT recovery_codes_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id);
ALTER TABLE ONLY public.redirects
    ADD CONSTRAINT redirects_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.referrer_filters
    ADD CONSTRAINT referrer_filters_application_id_fkey FOREIGN KEY (application_id) REFERENCES public.applications(id);
ALTER TABLE ONLY public.referrer_filters
    ADD CONSTRAINT referrer_filters_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.sections
    ADD CONSTRAINT sections_parent_id_fkey FOREIGN KEY (parent_id) REFERENCES public.sections(id);
ALTER TABLE ONLY public.sections
    ADD CONSTRAINT sections_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
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
ALTER TABLE ONLY public.spent_challenges
    ADD CONSTRAINT spent_challenges_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.sso_authorizations
    ADD CONSTRAINT sso_authorizations_authentication_provider_id_fkey FOREIGN KEY (authentication_provider_id) REFERENCES public.authentication_providers(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.sso_authorizations
    ADD CONSTRAINT sso_authorizations_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.sso_authorizations
    ADD CONSTRAINT sso_authorizations_user_id_fkey FOREIGN KEY (user_id) REFERENCES public.users(id) ON DELETE CASCADE;
ALTER TABLE ONLY public.template_openings
    ADD CONSTRAINT template_openings_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.template_openings
    ADD CONSTRAINT template_openings_template_id_fkey FOREIGN KEY (template_id) REFERENCES public.templates(id);
ALTER TABLE ONLY public.template_versions
    ADD CONSTRAINT template_versions_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.template_versions
    ADD CONSTRAINT template_versions_template_id_fkey FOREIGN KEY (template_id) REFERENCES public.templates(id);
ALTER TABLE ONLY public.templates
    ADD CONSTRAINT templates_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.terms_acceptances
    ADD CONSTRAINT terms_acceptances_account_id_fkey FOREIGN KEY (account_id) REFERENCES public.accounts(id);
ALTER TABLE ONLY public.terms_acceptances
    ADD CONSTRAINT terms_acceptances_provider_id_fkey FOREIGN KEY (provider_id) REFERENCES public.providers(id);
ALTER TABLE ONLY public.terms_acceptances
    ADD CONSTRAINT terms_acceptances_terms_id_fkey FOREIGN KEY (terms_id) REFERENCES public.legal_terms(id);
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
