"""Where both GraphQL faces answer; apart from them, since they take long to load."""

ADMIN_PATH = "/admin/api/graphql"
DEVELOPER_PATH = "/graphql"
