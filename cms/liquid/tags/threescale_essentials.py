"""`{% 3scale_essentials %}`: the same as `essential_assets`, by an older name.

Example: {% 3scale_essentials %}
"""

from cms.liquid.tags.essential_assets import EssentialAssetsTag


class ThreescaleEssentialsTag(EssentialAssetsTag):
    name = "3scale_essentials"
