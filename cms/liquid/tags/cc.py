"""`{% cc = 'a@example.com' %}`: who gets a copy of the mail.

Example: {% email %}{% cc = 'sales@example.com' %}{% endemail %}Hello
"""

from cms.liquid.tags.mail_header import HeaderNode, HeaderTag


class CcNode(HeaderNode):
    header = "Cc"


class CcTag(HeaderTag):
    name = "cc"
    node = CcNode
