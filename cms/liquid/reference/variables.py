"""What each variable is: its type and one line. Which page has which is in `cms.liquid.context`."""

from collections.abc import Mapping

# Name -> type, as `entries.type_of` writes it, and what it is.
VARIABLES: Mapping[str, tuple[str, str]] = {
    "account": ("Account?", "The account that it is about."),
    "activation": ("by name", "The link that activates, for its form."),
    "application": ("Application?", "The application that it is about."),
    "application_name": ("text", "The name of an application that is gone."),
    "applications": ("[Application]", "The developer's applications."),
    "chart": ("Chart?", "Calls over time."),
    "chosen_plans": ("[ApplicationPlan]", "The plans that the sign-up was asked for with."),
    "content_of": ("by name", "What the tag content_for kept, by name."),
    "csv_url": ("text", "Where the numbers are as CSV; nothing while there are none."),
    "current_account": ("Account?", "The account of who is logged in, else nothing."),
    "current_user": ("User?", "Who is logged in, else nothing."),
    "days": ("number", "How many days are shown."),
    "domain": ("text", "The host of the portal."),
    "flash": ("Flash", "What the page before has done, told once."),
    "form": ("Form", "The form of the page: what was typed, and what was wrong with it."),
    "mails_url": ("text", "Where mails are kept when none can be sent, else empty."),
    "message": ("text", "What went wrong, as a sentence."),
    "metrics": ("[Metric]", "What is counted for the application."),
    "new_email": ("text", "The new mail address, masked; empty when it stayed."),
    "new_username": ("text", "The new username; empty when it stayed."),
    "page": ("Page", "The page that is shown."),
    "page_title": ("text", "The title of the page."),
    "pagination": ("Pagination", "The neighbouring pages of a list."),
    "password_form": ("Form", "The form that sets a password."),
    "plan": ("ApplicationPlan", "The plan that it is about."),
    "plans": ("[ApplicationPlan]", "The plans that can be chosen."),
    "portlets": ("by name", "The portlets, by their ids, as their own texts ask for them."),
    "provider": ("Provider", "Whose portal it is."),
    "refusals": ("Refusals?", "The refused calls of the span, by reason."),
    "request": ("Request", "What was asked for."),
    "request_id": ("text", "The number under which the log tells more."),
    "rows": ("[Row]", "The numbers of the chart, newest first."),
    "service": ("Service", "The API that it is about."),
    "services": ("[Service]", "The APIs that can be chosen."),
    "site_account": ("Provider", "The same as provider."),
    "span": ("Span", "The span of time that is shown."),
    "spans": ("[Span]", "The spans of time that can be shown."),
    "support_email": ("text", "Where to ask."),
    "today": ("date", "The date, in the time zone of the provider."),
    "url": ("text", "Where the mail leads: a link that works once, or a page."),
    "urls": ("Urls", "The portal's addresses, by name."),
    "user": ("User", "Whom the mail is for, or about."),
}

# Where a page means something else by a name: (page, name) -> the same.
OF_ONE_PAGE: Mapping[tuple[str, str], tuple[str, str]] = {
    ("dashboards/show", "application"): (
        "Application?",
        "The first application, nothing while there is none.",
    ),
    ("account_created", "user"): ("User", "The developer who signed up."),
}
