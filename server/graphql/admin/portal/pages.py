"""Templates: pages, layouts, partials and mails, with their drafts and versions."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import strawberry
from sqlmodel import col

from server.actions.portal.pages import TEMPLATES, save_template, take_over
from server.actions.portal.previews import preview_link
from server.actions.portal.publishing import (
    drop_draft,
    hide_template,
    list_changes,
    publish_changes,
    publish_template,
    reset_template,
    revert_to_version,
    versions_query,
)
from server.domain.permissions import Permission
from server.domain.portal.pages import (
    Handler,
    Portlet,
    Template,
    TemplateKind,
    TemplateVersion,
)
from server.domain.portal.sections import Section
from server.graphql.admin.references import connection, related
from server.graphql.context import Info
from server.graphql.fields import Node, OfRow, described, needing
from server.graphql.ids import parse_id
from server.graphql.mutations import IdInput, Input, Payload, changes_of, mutation
from server.graphql.paging import Rows
from server.graphql.resources import given, mutations_of, update_input
from server.graphql.topics import Shown, Topic
from server.kit.paging import Listing

strawberry.enum(TemplateKind, description="What a template is for.")
strawberry.enum(Handler, description="What reads a page's text after Liquid.")
strawberry.enum(Portlet, description="What a partial shows beside its own words.")
VERSIONS = Listing("template_versions", TemplateVersion, left_out=(col(TemplateVersion.text),))


def _text_field(model: type, name: str, description: str) -> Any:
    """Make a field that reads a long text, of a whole page of objects at once."""

    @described(description)
    async def read(self: Any, info: Info) -> str | None:
        ctx = info.context

        def load(ids: Sequence[int]) -> dict[int, str | None]:
            columns: Any = model
            query = ctx.rows(model).with_only_columns(columns.id, getattr(columns, name))
            return {row[0]: row[1] for row in ctx.db.execute(query.where(columns.id.in_(ids)))}

        batch = ctx.loaders.batch(f"{name} of {model.__name__}", load, None)
        found: str | None = await batch.load(self.row.id)
        return found

    return read


@strawberry.type(name="TemplateVersion", description="A text that was published once.")
class TemplateVersionType(OfRow[TemplateVersion], Node):
    author: str
    created_at: datetime
    text: str | None = _text_field(TemplateVersion, "text", "What was published.")

    @related(Template)
    def template(self) -> int:
        return self.row.template_id


@strawberry.type(name="Template", description="A page, layout, partial or mail of the portal.")
class TemplateType(OfRow[Template], Node):
    kind: TemplateKind
    name: str
    title: str
    system_name: str | None
    layout: str
    handler: Handler
    content_type: str
    liquid_enabled: bool
    tags: str
    hidden: bool
    searchable: bool
    portlet: Portlet
    feed_url: str
    posts: int
    publish_at: datetime | None
    lock_version: int
    changed_by: str
    created_at: datetime
    updated_at: datetime
    published: str | None = _text_field(Template, "published", "What everybody sees.")
    draft: str | None = _text_field(Template, "draft", "What is going to be published.")

    @related(Section)
    def section(self) -> int | None:
        return self.row.section_id

    @connection(TemplateVersion, None, "What was published, oldest first.")
    def versions(self, info: Info) -> Rows:
        rows = info.context.rows(TemplateVersion)
        return Rows(VERSIONS, rows, (TemplateVersion.template_id, self.row.id))


@strawberry.type
class TemplateQueries:
    @connection(Template, Permission.PORTAL_READ, "What the provider changed of the portal.")
    def templates(self, info: Info, kind: TemplateKind | None = None) -> Rows:
        query = info.context.rows(Template)
        if kind is not None:
            query = query.where(col(Template.kind) == kind.value)
        return Rows(TEMPLATES.listing, query)

    @needing(Permission.PORTAL_READ, "Everything that has a draft, newest first.")
    def content_changes(self, info: Info) -> list[TemplateType]:
        return [TemplateType.of(row) for row in list_changes(info.context.work)]

    @needing(Permission.PORTAL_READ, "A link to the portal with its drafts, for ten minutes.")
    def content_preview_link(self, info: Info, path: str = "/") -> str:
        return preview_link(info.context.work, info.context.provider, path)


@strawberry.type
class TemplatePayload(Payload):
    template: TemplateType | None = None


@strawberry.type
class TemplatesPublishPayload(Payload):
    templates: list[TemplateType] = strawberry.field(default_factory=list)


@strawberry.input
class TemplateUpdateInput(update_input(TEMPLATES, "TemplateBase")):  # type: ignore[misc]  # made
    lock_version: int | None = strawberry.field(
        default=None, description="The state that the change was made from: refused if it is older."
    )


@strawberry.input
class TemplateActInput(IdInput):
    lock_version: int | None = None


@strawberry.input
class TemplateResetInput(Input):
    kind: TemplateKind
    name: str


@strawberry.input
class TemplatesPublishInput(Input):
    ids: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Left out: everything that has a draft."
    )


def _number(input: IdInput) -> int:
    return parse_id(input.id, "Template")


@strawberry.type
class TemplateMutations(
    mutations_of(TEMPLATES, TemplateType, "Template", TemplatePayload)  # type: ignore[misc]  # made
):
    @mutation(TemplatePayload, Permission.PORTAL_EDIT)
    def template_update(self, info: Info, input: TemplateUpdateInput) -> TemplatePayload:
        """Change a template: what is left out stays."""
        values = given(TEMPLATES, changes_of(input))
        with info.context.write() as work:
            info.context.check_version(work, Template, _number(input), input.expected_version)
            row = save_template(work, _number(input), values, input.lock_version)
        return TemplatePayload(template=TemplateType.of(row))

    @mutation(TemplatePayload, Permission.PORTAL_EDIT)
    def template_publish(self, info: Info, input: TemplateActInput) -> TemplatePayload:
        """Publish the draft; a hidden page is shown again."""
        with info.context.write() as work:
            row = publish_template(work, _number(input), input.lock_version)
        return TemplatePayload(template=TemplateType.of(row))

    @mutation(TemplatePayload, Permission.PORTAL_EDIT)
    def template_hide(self, info: Info, input: TemplateActInput) -> TemplatePayload:
        """Take what is published away; it becomes the draft, unless there is one."""
        with info.context.write() as work:
            row = hide_template(work, _number(input), input.lock_version)
        return TemplatePayload(template=TemplateType.of(row))

    @mutation(TemplatePayload, Permission.PORTAL_EDIT)
    def template_drop_draft(self, info: Info, input: TemplateActInput) -> TemplatePayload:
        """Drop the draft: what is published stays."""
        with info.context.write() as work:
            row = drop_draft(work, _number(input), input.lock_version)
        return TemplatePayload(template=TemplateType.of(row))

    @mutation(TemplatePayload, Permission.PORTAL_EDIT)
    def template_take_over(self, info: Info, input: TemplateResetInput) -> TemplatePayload:
        """Make the object that stands in the place of a shipped template, without a text yet."""
        with info.context.write() as work:
            row = take_over(work, input.kind.value, input.name)
        return TemplatePayload(template=TemplateType.of(row))

    @mutation(TemplatePayload, Permission.PORTAL_EDIT)
    def template_reset(self, info: Info, input: TemplateResetInput) -> TemplatePayload:
        """Make the shipped text the draft."""
        with info.context.write() as work:
            row = reset_template(work, input.kind.value, input.name)
        return TemplatePayload(template=TemplateType.of(row))

    @mutation(TemplatePayload, Permission.PORTAL_EDIT)
    def template_revert(self, info: Info, input: TemplateActInput) -> TemplatePayload:
        """Make the text of a version, whose id this takes, the draft."""
        number = parse_id(input.id, "TemplateVersion")
        with info.context.write() as work:
            row = revert_to_version(work, number, input.lock_version)
        return TemplatePayload(template=TemplateType.of(row))

    @mutation(TemplatesPublishPayload, Permission.PORTAL_EDIT)
    def templates_publish(
        self, info: Info, input: TemplatesPublishInput
    ) -> TemplatesPublishPayload:
        """Publish drafts together, all or none."""
        ids = None
        if input.ids is not None:
            ids = [parse_id(each, "Template", "ids") for each in input.ids]
        with info.context.write() as work:
            rows = publish_changes(work, ids)
        return TemplatesPublishPayload(templates=[TemplateType.of(row) for row in rows])


TOPIC = Topic(
    shows=(
        Shown(Template, TemplateType, TEMPLATES.query),
        Shown(TemplateVersion, TemplateVersionType, versions_query),
    ),
    queries=TemplateQueries,
    mutations=TemplateMutations,
)
