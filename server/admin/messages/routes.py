"""The addresses of messages, alerts and mails."""

from server.admin.accounts import users
from server.admin.addresses import APPLICATION, Addresses
from server.admin.applications import applications
from server.admin.messages import alerts, mail_templates, mails, messages, notifications

MAIL_TEMPLATE = "/mails/templates/{name}"
MESSAGE = "/messages/{copy_id}"

ADDRESSES = Addresses(
    shown=(
        ("/messages", messages.inbox),
        ("/messages/sent", messages.sent),
        ("/messages/trash", messages.trash),
        ("/messages/new", messages.new),
        (MESSAGE, messages.show),
        ("/alerts", alerts.index),
        ("/mails", mails.index),
        ("/mails/templates", mail_templates.index),
        (MAIL_TEMPLATE, mail_templates.edit),
        ("/mails/{mail_id}", mails.show),
    ),
    files=(
        ("/mails/{mail_id}/html", mails.show_html),
        (f"{MAIL_TEMPLATE}/preview", mail_templates.preview),
    ),
    sent=(
        (f"{APPLICATION}/alerts/read", alerts.read_all, applications.show),
        (f"{APPLICATION}/alerts/delete", alerts.purge, applications.show),
        ("/alerts/{alert_id}/read", alerts.read, alerts.index),
        ("/alerts/{alert_id}/delete", alerts.delete, alerts.index),
        ("/messages", messages.create, messages.new),
        ("/messages/many/trash", messages.move_many, messages.inbox),
        ("/messages/trash/delete", messages.empty, messages.trash),
        (MAIL_TEMPLATE, mail_templates.update, mail_templates.edit),
        (f"{MAIL_TEMPLATE}/preview", mail_templates.preview, mail_templates.edit),
        (f"{MAIL_TEMPLATE}/test", mail_templates.send_test, mail_templates.edit),
        (f"{MAIL_TEMPLATE}/reset", mail_templates.reset, mail_templates.edit),
        ("/personal/notifications", notifications.update, users.show),
        (f"{MESSAGE}/reply", messages.reply, messages.show),
        (MESSAGE + "/{event}", messages.move, messages.show),
    ),
    noted={messages.show: messages.open_message},
)
