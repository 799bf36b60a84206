"""What goes wrong in a template, without what it was rendered with."""


class TemplateError(Exception):
    """A template that can't be parsed or rendered; the message may be shown to its author."""
