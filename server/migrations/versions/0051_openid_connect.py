"""Settings of OpenID Connect and OAuth, which are kept until gateways do them."""

import sqlalchemy as sa
from alembic import op

revision = "0051_openid_connect"
down_revision = "0050_backend_apis"

TEXTS = {
    "oauth_login_url": "",
    "oidc_issuer_endpoint": "",
    "oidc_issuer_type": "keycloak",
    "jwt_claim_with_client_id": "",
    "jwt_claim_with_client_id_type": "plain",
}
FLAGS = {
    "standard_flow_enabled": True,
    "implicit_flow_enabled": False,
    "service_accounts_enabled": False,
    "direct_access_grants_enabled": False,
}


def upgrade() -> None:
    """Apply the step."""
    with op.batch_alter_table("proxies") as batch_op:
        for name, value in TEXTS.items():
            batch_op.add_column(sa.Column(name, sa.String(), nullable=False, server_default=value))
        for name, is_on in FLAGS.items():
            default = sa.true() if is_on else sa.false()
            batch_op.add_column(
                sa.Column(name, sa.Boolean(), nullable=False, server_default=default)
            )
    with op.batch_alter_table("proxies") as batch_op:
        for name in (*TEXTS, *FLAGS):
            batch_op.alter_column(name, server_default=None)
