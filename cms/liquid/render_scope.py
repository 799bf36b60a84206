"""What tags need and templates can't name: the text of the page, tokens, partials."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from liquid import BoundTemplate
from markupsafe import Markup

from cms.liquid.deadline import Deadline
from cms.liquid.language import IN_ENGLISH, Language
from server.kit.clock import Clock, SystemClock


@dataclass(slots=True)
class RenderScope:
    """What one render has beside its variables."""

    partial: Callable[[str], BoundTemplate]
    csrf_token: str = ""
    captcha: str = ""  # what forms for visitors ask the browser to solve; empty for nothing
    stylesheet: str = ""
    more_stylesheets: tuple[str, ...] = ()  # of a theme over the default one, and of the look
    content: Markup = Markup("")
    params: Mapping[str, str] = field(default_factory=dict)
    stored: dict[str, str] = field(default_factory=dict)  # what `content_for` collected
    subject: str = ""  # of a mail
    headers: dict[str, str] = field(default_factory=dict)  # of the mail, or of the page's answer
    is_unwanted: bool = False  # the mail shall not be sent
    portlet: Callable[[str], BoundTemplate | None] = lambda _name: None
    clock: Clock = SystemClock()  # what `now` is
    language: Language = IN_ENGLISH
    deadline: Deadline = field(default_factory=Deadline)
