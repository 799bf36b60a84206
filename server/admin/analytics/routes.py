"""The addresses of what was used."""

from server.admin.addresses import APPLICATION, SERVICE, Addresses
from server.admin.analytics import usage

ADDRESSES = Addresses(
    shown=(
        (f"{APPLICATION}/usage", usage.show_application),
        (f"{SERVICE}/usage", usage.show),
    ),
    files=(
        (f"{APPLICATION}/usage.csv", usage.download_application),
        (f"{SERVICE}/usage.csv", usage.download),
    ),
)
