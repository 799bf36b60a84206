"""`{% from = 'Weather Office <hello@example.com>' %}`: from whom the mail comes.

Example: {% email %}{% from = 'Weather Office <hello@example.com>' %}{% endemail %}Hello
"""

from cms.liquid.tags.mail_header import HeaderNode, HeaderTag


class FromNode(HeaderNode):
    header = "From"
    most = 1


class FromTag(HeaderTag):
    name = "from"
    node = FromNode
