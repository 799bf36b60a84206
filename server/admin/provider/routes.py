"""The addresses of the tenant itself."""

from server.admin.addresses import Addresses
from server.admin.provider import (
    api_reference,
    audit,
    bulk_operations,
    domains,
    field_definitions,
    registered_documents,
    settings,
    tokens,
    webhooks,
)

FIELD = "/field_definitions/{field_id}"
DOMAIN = "/domains/{domain_id}"
HOOK = "/webhooks/{endpoint_id}"
OPERATION = "/bulk_operations/{operation_id}"
DOCUMENT = "/registered_documents/{document_id}"
DELIVERY = "/webhook_deliveries/{delivery_id}"

ADDRESSES = Addresses(
    shown=(
        ("/settings", settings.show),
        ("/field_definitions", field_definitions.index),
        ("/field_definitions/new", field_definitions.new),
        (FIELD, field_definitions.edit),
        ("/domains", domains.index),
        (DOMAIN, domains.show),
        ("/webhooks", webhooks.index),
        ("/webhooks/new", webhooks.new),
        (HOOK, webhooks.show),
        (DELIVERY, webhooks.show_delivery),
        ("/webhook_events", webhooks.show_catalogue),
        ("/tokens", tokens.index),
        ("/api_reference", api_reference.show),
        ("/audit", audit.index),
        ("/bulk_operations", bulk_operations.index),
        ("/bulk_operations/new_export", bulk_operations.new_export),
        ("/bulk_operations/new_import", bulk_operations.new_import),
        (OPERATION, bulk_operations.show),
        ("/registered_documents", registered_documents.index),
        ("/registered_documents/new", registered_documents.new),
        (DOCUMENT, registered_documents.show),
    ),
    files=(
        (f"{OPERATION}/result.jsonl", bulk_operations.download),
        (f"{OPERATION}/errors.jsonl", bulk_operations.download_errors),
    ),
    sent=(
        ("/settings", settings.update, settings.show),
        ("/field_definitions", field_definitions.create, field_definitions.new),
        ("/field_definitions/order", field_definitions.reorder, field_definitions.index),
        (FIELD, field_definitions.update, field_definitions.edit),
        (f"{FIELD}/move", field_definitions.move, field_definitions.index),
        (f"{FIELD}/delete", field_definitions.delete, field_definitions.edit),
        ("/domains", domains.create, domains.index),
        (DOMAIN, domains.update, domains.show),
        (f"{DOMAIN}/delete", domains.delete, domains.show),
        ("/webhooks", webhooks.create, webhooks.new),
        (HOOK, webhooks.update, webhooks.show),
        (f"{HOOK}/delete", webhooks.delete, webhooks.show),
        (f"{HOOK}/rotate", webhooks.rotate, webhooks.show),
        (f"{HOOK}/resume", webhooks.resume, webhooks.show),
        ("/webhook_failures/delete", webhooks.forget_failures, webhooks.index),
        ("/tokens", tokens.create, tokens.index),
        ("/tokens/{token_id}/delete", tokens.delete, tokens.index),
        (f"{OPERATION}/cancel", bulk_operations.cancel, bulk_operations.show),
        (f"{DOCUMENT}/delete", registered_documents.delete, registered_documents.show),
    ),
    slow=(
        (f"{DOMAIN}/check", domains.check, domains.show),
        (f"{HOOK}/test", webhooks.test, webhooks.show),
        ("/audit/verify", audit.verify, audit.index),
        (f"{DELIVERY}/replay", webhooks.replay, webhooks.show_delivery),
        ("/bulk_operations/exports", bulk_operations.export, bulk_operations.new_export),
        ("/bulk_operations/imports", bulk_operations.import_lines, bulk_operations.new_import),
        ("/registered_documents", registered_documents.create, registered_documents.new),
    ),
    large=("/bulk_operations/imports", "/registered_documents"),
)
