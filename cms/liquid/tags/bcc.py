"""`{% bcc = 'a@example.com' %}`: who gets a copy of the mail that nobody else sees.

Example: {% email %}{% bcc = 'log@example.com' %}{% endemail %}Hello
"""

from cms.liquid.tags.mail_header import HeaderNode, HeaderTag


class BccNode(HeaderNode):
    header = "Bcc"


class BccTag(HeaderTag):
    name = "bcc"
    node = BccNode
