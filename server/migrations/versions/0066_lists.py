"""Indexes of what long lists are narrowed and sorted by."""

from alembic import op

revision = "0066_lists"
down_revision = "0065_search_texts"

INDEXES = (
    ("accounts", "provider_id_account_plan_id", ("provider_id", "account_plan_id")),
    ("accounts", "provider_id_created_at", ("provider_id", "created_at")),
    ("accounts", "provider_id_sort_name", ("provider_id", "sort_name", "id")),
    ("users", "provider_id_id", ("provider_id", "id")),
    ("users", "provider_id_account_id", ("provider_id", "account_id")),
    ("users", "provider_id_state", ("provider_id", "state")),
    ("users", "provider_id_role", ("provider_id", "role")),
    ("users", "provider_id_created_at", ("provider_id", "created_at")),
    ("users", "provider_id_sort_name", ("provider_id", "sort_name", "id")),
    ("applications", "provider_id_account_id", ("provider_id", "account_id")),
    ("applications", "provider_id_plan_id", ("provider_id", "plan_id")),
    ("applications", "provider_id_service_id", ("provider_id", "service_id")),
    ("applications", "service_id_account_id", ("service_id", "account_id")),
    ("applications", "provider_id_created_at", ("provider_id", "created_at")),
    ("applications", "provider_id_called_at", ("provider_id", "first_daily_traffic_at")),
    ("applications", "provider_id_sort_name", ("provider_id", "sort_name", "id")),
    ("service_contracts", "provider_id_id", ("provider_id", "id")),
    ("service_contracts", "provider_id_account_id", ("provider_id", "account_id")),
    ("service_contracts", "provider_id_state", ("provider_id", "state")),
    ("service_contracts", "provider_id_service_id", ("provider_id", "service_id")),
    ("service_contracts", "provider_id_service_plan_id", ("provider_id", "service_plan_id")),
    ("events", "provider_id_actor", ("provider_id", "actor")),
    ("events", "provider_id_face", ("provider_id", "face")),
    ("events", "provider_id_created_at", ("provider_id", "created_at")),
    ("events", "account_id", ("account_id",)),
    ("events", "service_id", ("service_id",)),
    ("events", "subject_id", ("subject_id",)),
)


def upgrade() -> None:
    """Apply the step."""
    for table, name, columns in INDEXES:
        op.create_index(f"ix_{table}_{name}", table, list(columns))
